import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';

/**
 * How fast this database takes the rows that the events became, with nothing but COPY into a table with one unique
 * index: the most that any path could reach. Answers rows a second.
 */
export async function measureCopy(sql: postgres.Sql, rows: number): Promise<number> {
  const parts: Buffer[] = [];
  const source =
    await sql`copy (select * from derived.usage_events limit ${sql.unsafe(String(rows))}) to stdout`.readable();
  for await (const part of source) parts.push(part);
  const lines = parts.reduce(
    (sum, part) => sum + part.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0),
    0,
  );
  await sql`drop table if exists public.bench_copy`;
  await sql`create table public.bench_copy (like derived.usage_events)`;
  await sql`create unique index on public.bench_copy (identity)`;
  try {
    const began = performance.now();
    await pipeline(Readable.from(parts), await sql`copy public.bench_copy from stdin`.writable());
    return (lines * 1000) / (performance.now() - began);
  } finally {
    await sql`drop table public.bench_copy`;
  }
}
