import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sql } from '../src/platform/database/index.ts';

const LINES_PER_CHUNK = 1_000;

/**
 * How fast this database takes the rows that the events became, with nothing but COPY into a table with one unique
 * index: the most that any path could reach. Answers rows a second.
 */
export async function measureCopy(sql: Sql, rows: number): Promise<number> {
  const lines = await sql<{ line: string }[]>`
    select concat_ws(E'\t', identity, work_id, session, click, day, ms, agent_id, source_id, country, status, kind, excluded)
      as line
    from derived.usage_events
    where ms < 86400000
    limit ${rows}`;
  const chunks: string[] = [];
  for (let at = 0; at < lines.length; at += LINES_PER_CHUNK) {
    const part = lines.slice(at, at + LINES_PER_CHUNK);
    chunks.push(part.map(({ line }) => `${line}\n`).join(''));
  }
  await sql`create table public.bench_copy (like derived.usage_events)`;
  await sql`create unique index on public.bench_copy (identity)`;
  try {
    const began = performance.now();
    const into = await sql`copy public.bench_copy from stdin`.writable();
    await pipeline(Readable.from(chunks), into);
    return (lines.length * 1000) / (performance.now() - began);
  } finally {
    await sql`drop table public.bench_copy`;
  }
}
