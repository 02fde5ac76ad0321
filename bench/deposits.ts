import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AlmanacClient } from '../src/client/index.ts';
import type { Sql } from '../src/platform/database/index.ts';
import { sendAll, steady } from './delivery.ts';
import { measureEventReads } from './event-reads.ts';
import { fillEvents } from './fill-events.ts';
import type { Report } from './report.ts';

/** From the issue and the specification (`events` §11). */
const ACCEPTED = 20_000;
const PROCESSED = 10_000;
const BATCH = 1_000;
const P99_MS = 250;
const BYTES = 1_200;

export interface DepositParts {
  url: string;
  token: string;
  client: AlmanacClient;
  sql: Sql;
  report: Report;
  /** Deposits of each burst. */
  burst: number;
  /** Reads of each kind. */
  requests: number;
  /** Fill up to so many events before reading. */
  size: number;
}

/** Deposits of about 600 bytes in batches of 1,000: accepting, applying with totals, reading, and bytes of database. */
export async function measureDeposits(parts: DepositParts): Promise<void> {
  const { client, sql, report, burst } = parts;
  const before = await databaseBytes(sql);
  const spread = await push(parts, 'spread', burst, 0);
  report.add('deposits, accepted', spread.accepted, 'deposits/s', { least: ACCEPTED });
  report.add('deposits, from HTTP body to totals', spread.processed, 'deposits/s', { least: PROCESSED });
  const hot = await push(parts, 'hot', burst, 0.7);
  report.add('deposits, 70 % of them about one work', hot.processed, 'deposits/s', {
    least: Math.min(PROCESSED, spread.processed),
  });
  await sql`vacuum analyze derived.events`;
  report.add('database for each event', ((await databaseBytes(sql)) - before) / (2 * burst), 'bytes', {
    most: BYTES,
  });
  const copied = await measureCopy(sql, burst);
  report.add('raw COPY of the same rows', copied, 'rows/s');
  report.add('deposits processed, share of COPY', (100 * spread.processed) / copied, '%');

  const bodies = [...batches('steady', 5 * ACCEPTED, 0)];
  const answers = await steady(bodies, sender(parts), (BATCH * 1000) / ACCEPTED);
  report.add(`answer to ${BATCH} deposits at ${ACCEPTED} deposits/s, p50`, answers.p50, 'ms');
  report.add(`answer to ${BATCH} deposits at ${ACCEPTED} deposits/s, p99`, answers.p99, 'ms', {
    most: P99_MS,
  });
  await client.events.waitUntilSettled();

  const events = await fillEvents(client, sql, parts.size);
  await measureEventReads({ client, sql, report, requests: parts.requests, events });
}

async function push(parts: DepositParts, name: string, deposits: number, hot: number) {
  const bodies = [...batches(name, deposits, hot)];
  const began = performance.now();
  await sendAll(bodies, sender(parts), 4);
  const accepted = performance.now();
  await parts.client.events.waitUntilSettled();
  const processed = performance.now();
  const perSecond = (end: number): number => (deposits * 1000) / (end - began);
  return { accepted: perSecond(accepted), processed: perSecond(processed) };
}

/** Without parsing what the answers hold but its counts: the load must not cost more than the server. */
function sender({ url, token }: DepositParts) {
  return async (body: string) => {
    const answer = await fetch(`${url}/api/deposits`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    const { accepted, rejected } = (await answer.json()) as { accepted: number; rejected: unknown[] };
    return { accepted, rejected };
  };
}

/** Bodies of a thousand deposits; `hot`: the share that is about one work. */
function* batches(name: string, deposits: number, hot: number): Generator<string> {
  let no = 0;
  while (no < deposits) {
    const items = Array.from({ length: Math.min(BATCH, deposits - no) }, () => depositOf(name, no++, hot));
    yield JSON.stringify({ deposits: items });
  }
}

const DAY = 86_400_000;
const FIRST = Date.UTC(2023, 0, 1);

/** As a real day has them: a page is deposited three times or so, a work is spoken of now and then. */
function depositOf(name: string, no: number, hot: number) {
  const page = Math.floor(no / 3);
  const isHot = (no * 7919) % 100 < hot * 100;
  const work = isHot ? `10.5555/${name}.hot` : `10.${5000 + (no % 400)}/${name}.${(no * 7919) % 1_000_003}`;
  const time = new Date(FIRST + ((no * 104_729) % (700 * DAY))).toISOString().replace('.000', '');
  const address = `https://${['en', 'de', 'fr', 'es', 'nl'][page % 5]}.encyclopedia.example/wiki/${name}_article_number_${page}`;
  return {
    message_type: 'relation',
    message_action: 'create',
    source_token: '36c35e23-0000-4000-8000-345e9b7eb50d',
    subj_id: address,
    relation_type_id: 'references',
    obj_id: `https://doi.org/${work}`,
    source_id: 'wikipedia',
    total: 1,
    occurred_at: time,
    subj: {
      pid: address,
      title: `An article of the encyclopedia, number ${page}`,
      issued: time,
      URL: address,
      type: 'entry-encyclopedia',
    },
    obj: {},
  };
}

async function databaseBytes(sql: Sql): Promise<number> {
  const [row] = await sql<{ bytes: number }[]>`select pg_database_size(current_database()) as bytes`;
  return row?.bytes ?? 0;
}

/** COPY of the rows that the deposits became into a table with one unique index: the most that any path could reach. */
async function measureCopy(sql: Sql, rows: number): Promise<number> {
  const lines = await sql<{ line: string }[]>`
    select concat_ws(E'\t', id, change_no, natural_key, from_work, to_work, total, occurred_at, created_at,
      coalesce(changed_at::text, '\\N'), seq, version, account_id, from_prefix, to_prefix, from_host, to_host, source_id, relation_id,
      flags, state, coalesce(replace(body, '\\', '\\\\'), '\\N'), coalesce(created_no::text, '\\N'),
      coalesce(body_no::text, '\\N'), coalesce(body_place::text, '\\N')) as line
    from derived.events limit ${rows}`;
  const chunks: string[] = [];
  for (let at = 0; at < lines.length; at += 500)
    chunks.push(
      lines
        .slice(at, at + 500)
        .map(({ line }) => `${line}\n`)
        .join(''),
    );
  await sql`create table public.bench_deposits (like derived.events)`;
  await sql`create unique index on public.bench_deposits (id)`;
  try {
    const began = performance.now();
    const into = await sql`copy public.bench_deposits from stdin`.writable();
    await pipeline(Readable.from(chunks), into);
    return (lines.length * 1000) / (performance.now() - began);
  } finally {
    await sql`drop table public.bench_deposits`;
  }
}
