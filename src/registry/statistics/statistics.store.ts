import type { Queries } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';

export interface Statistic {
  id: string;
  /** Id of the record. */
  about: string;
  value: number;
  type: string;
  date: string;
  /** Name of the account that gave it. */
  third_party: string;
}

export interface StatisticsFilter {
  /** Milliseconds, inclusive; null: open. */
  from: number | null;
  until: number | null;
  provider: string | null;
  type: string | null;
}

type Row = Omit<Statistic, 'date'> & { date: Date };

const statisticOf = (row: Row): Statistic => ({ ...row, date: isoSeconds(row.date) });

/** All at once: one flush to disk serves them all. */
export async function insertStatistics(sql: Queries, statistics: readonly Statistic[]): Promise<void> {
  await sql`
    insert into almanac.record_statistics (id, about, value, type, date, third_party)
    select id, about, value, type, date, third_party
    from json_to_recordset(${JSON.stringify(statistics)}::text::json) as given (
      id text, about text, value double precision, type text, date timestamptz, third_party text
    )`;
}

/** Newest first, then by id. */
export async function listStatistics(
  sql: Queries,
  about: string,
  { from, until, provider, type }: StatisticsFilter,
): Promise<Statistic[]> {
  const rows = await sql<Row[]>`
    select id, about, value, type, date, third_party
    from almanac.record_statistics
    where about = ${about}
      and (${from === null} or date >= ${new Date(from ?? 0)})
      and (${until === null} or date <= ${new Date(until ?? 0)})
      and (${provider === null} or third_party = ${provider ?? ''})
      and (${type === null} or type = ${type ?? ''})
    order by date desc, id`;
  return rows.map(statisticOf);
}

export async function findStatistic(sql: Queries, about: string, id: string): Promise<Statistic | null> {
  const [row] = await sql<Row[]>`
    select id, about, value, type, date, third_party
    from almanac.record_statistics
    where id = ${id} and about = ${about}`;
  return row ? statisticOf(row) : null;
}

export async function deleteStatistic(sql: Queries, about: string, id: string): Promise<void> {
  await sql`
    delete from almanac.record_statistics
    where id = ${id} and about = ${about}`;
}

/** Records that hold each type of statistic. */
export async function countStatisticTypes(sql: Queries): Promise<Map<string, number>> {
  const rows = await sql<{ type: string; records: number }[]>`
    select type, count(distinct about)::integer as records
    from almanac.record_statistics
    group by type`;
  return new Map(rows.map(({ type, records }) => [type, records]));
}
