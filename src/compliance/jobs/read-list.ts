import { randomBytes } from 'node:crypto';
import type { Sql } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import { TableError } from '../../platform/table/index.ts';
import type { ExtraColumn } from '../reading/headers.ts';
import { jsonArticles, jsonExtras } from '../reading/json-articles.ts';
import { type ListedArticle, type ReadRecord, readRow } from '../reading/row.ts';
import { explained, type Reading, readTableArticles } from '../reading/table-articles.ts';
import { type Job, markRead, stillReading } from './jobs.store.ts';
import { readOriginal } from './originals.store.ts';
import { dropRecords, insertIgnored, insertRecords, measureTables, noteDuplicates } from './records.store.ts';

const batchRows = 1_000;
/** From here on a wrong idea of the table's size costs more than measuring it. */
const manyRecords = 300;
/** As many ignored positions as a message names (specification §1.2). */
const positionsNamed = 20;

interface List {
  reading: Reading | null;
  extras: ExtraColumn[];
  articles: AsyncIterable<ListedArticle> | Iterable<ListedArticle>;
}

export type ReadOutcome = { ok: true; records: number } | { ok: false; detail: string };

/**
 * Reads a list into records, a thousand at a time, and opens the job for work when all are there. What an earlier reader left
 * when it was killed is dropped first. Null: the list is somebody else's by now.
 */
export async function readList(
  { sql, by, now }: { sql: Sql; by: string; now(): number },
  job: Pick<Job, 'id' | 'kind'>,
): Promise<ReadOutcome | null> {
  const list = await openList(sql, job);
  if ('detail' in list) return { ok: false, detail: list.detail };
  const drop = () =>
    sql.begin(async (tx) => {
      if (await stillReading(tx, job.id, by)) await dropRecords(tx, job.id);
    });
  await drop();

  const count = { rows: 0, records: 0, ignored: 0, positions: [] as number[] };
  let records: (ReadRecord & { id: string })[] = [];
  let ignored: { pos: number; reason: string }[] = [];
  const store = async (): Promise<boolean> =>
    sql.begin(async (tx) => {
      if (!(await stillReading(tx, job.id, by))) return false;
      if (records.length > 0) await insertRecords(tx, job.id, records, new Date(now()));
      if (ignored.length > 0) await insertIgnored(tx, job.id, ignored);
      records = [];
      ignored = [];
      return true;
    });

  try {
    for await (const article of list.articles) {
      count.rows += 1;
      const row = readRow(article, isoSeconds(new Date(now())));
      if ('record' in row) {
        count.records += 1;
        records.push({ ...row.record, id: randomBytes(16).toString('hex') });
      } else {
        count.ignored += 1;
        if (count.positions.length < positionsNamed) count.positions.push(row.ignored.pos);
        ignored.push(row.ignored);
      }
      if (records.length + ignored.length >= batchRows && !(await store())) return null;
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    // Half a list is none: what was read of it is not to be taken for the whole.
    await drop();
    return { ok: false, detail: explained(error.fault) };
  }
  if (!(await store())) return null;

  return sql.begin(async (tx): Promise<ReadOutcome | null> => {
    if (!(await stillReading(tx, job.id, by))) return null;
    await noteDuplicates(tx, job.id, new Date(now()));
    if (count.records >= manyRecords) await measureTables(tx);
    await markRead(tx, job.id, { reading: list.reading, extras: list.extras, ...count });
    return { ok: true, records: count.records };
  });
}

async function openList(sql: Sql, job: Pick<Job, 'id' | 'kind'>): Promise<List | { detail: string }> {
  if (job.kind === 'table') {
    const table = await readTableArticles(() => readOriginal(sql, job.id));
    return table.ok ? table : { detail: table.detail };
  }
  const parts: Uint8Array[] = [];
  for await (const part of readOriginal(sql, job.id)) parts.push(part);
  // It was checked before the job was accepted.
  const { articles } = JSON.parse(new TextDecoder().decode(Buffer.concat(parts))) as { articles: unknown[] };
  const extras = jsonExtras(articles);
  return { reading: null, extras, articles: jsonArticles(articles, extras) };
}
