import type { Queries } from '../../platform/database/index.ts';

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

// Dates are read as text: the driver takes the years 1 to 99 for those of this century and the last.

/** All at once: one flush to disk serves them all. */
export async function insertStatistics(sql: Queries, statistics: readonly Statistic[]): Promise<void> {
  await sql`
    insert into almanac.record_statistics (id, about, value, type, date, third_party)
    select id, about, value, type, date, third_party
    from json_to_recordset(${JSON.stringify(statistics)}::text::json) as given (
      id text, about text, value double precision, type text, date timestamptz, third_party text
    )`;
}

/** Of each record asked about, newest first, then by id; the answers are in the order of the questions. */
export async function listStatistics(
  sql: Queries,
  questions: readonly { about: string; filter: StatisticsFilter }[],
): Promise<Statistic[][]> {
  const asked = questions.map(({ about, filter: { from, until, provider, type } }, place) => ({
    place,
    about,
    since: from === null ? null : new Date(from),
    until: until === null ? null : new Date(until),
    provider,
    type,
  }));
  const rows = await sql<(Statistic & { place: number })[]>`
    select
      asked.place, given.id, given.about, given.value, given.type,
      to_char(given.date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as date,
      given.third_party
    from json_to_recordset(${JSON.stringify(asked)}::text::json) as asked (
      place integer, about text, since timestamptz, until timestamptz, provider text, type text
    )
    join almanac.record_statistics as given on given.about = asked.about
    where (asked.since is null or given.date >= asked.since)
      and (asked.until is null or given.date <= asked.until)
      and (asked.provider is null or given.third_party = asked.provider)
      and (asked.type is null or given.type = asked.type)
    order by asked.place, given.date desc, given.id`;
  const lists: Statistic[][] = questions.map(() => []);
  for (const { place, ...row } of rows) lists[place]?.push(row);
  return lists;
}

export async function findStatistic(sql: Queries, about: string, id: string): Promise<Statistic | null> {
  const [row] = await sql<Statistic[]>`
    select
      id, about, value, type, to_char(date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as date, third_party
    from almanac.record_statistics
    where id = ${id} and about = ${about}`;
  return row ?? null;
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
