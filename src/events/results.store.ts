import type { PendingQuery, Row, Sql } from 'postgres';
import { LAST_COUNTING } from './relations.ts';
import { LARGEST, MANY_EVENTS } from './roller.store.ts';

// SQL that reads totals.

type Fragment = PendingQuery<Row[]>;

export interface ResultsFilter {
  workId: number | null;
  sourceId: number | null;
  relationId: number | null;
  seesPrivate: boolean;
}

export interface TotalRow {
  work_id: number;
  canonical_id: string;
  source_id: number;
  source: string;
  relation_id: number;
  increments: number;
  snapshot: number | null;
  events: number;
  subjects: number;
  first_at: Date;
  last_at: Date;
}

export interface ResultsPosition {
  id: string;
  sourceId: number;
  relationId: number;
}

/** Totals over all time, in the order of work ids, sources and relations. */
export function listTotals(
  sql: Sql,
  filter: ResultsFilter,
  after: ResultsPosition | null,
  limit: number,
): Promise<TotalRow[]> {
  const { workId, sourceId, relationId, seesPrivate } = filter;
  return sql<TotalRow[]>`
    select t.work_id, w.canonical_id, t.source_id, s.name as source, t.relation_id, t.increments, t.snapshot, t.events,
      t.subjects, t.first_at, t.last_at
    from works w
    join event_totals t using (work_id)
    join almanac.event_sources s using (source_id)
    where t.relation_id between 1 and ${LAST_COUNTING}
      ${workId === null ? sql`` : sql`and w.work_id = ${workId}`}
      ${sourceId === null ? sql`` : sql`and t.source_id = ${sourceId}`}
      ${relationId === null ? sql`` : sql`and t.relation_id = ${relationId}`}
      ${seesPrivate ? sql`` : sql`and not s.private`}
      ${after === null ? sql`` : isAfter(sql, after)}
    order by left(w.canonical_id, 100) collate "C", w.canonical_id collate "C", t.source_id, t.relation_id
    limit ${limit}`;
}

function isAfter(sql: Sql, { id, sourceId, relationId }: ResultsPosition): Fragment {
  return sql`
    and left(w.canonical_id, 100) collate "C" >= ${[...id].slice(0, 100).join('')}
    and (w.canonical_id collate "C" > ${id}
      or (w.canonical_id = ${id} and (t.source_id, t.relation_id) > (${sourceId}, ${relationId})))`;
}

export interface Range {
  /** First and last day, inclusive. */
  from: string | null;
  until: string | null;
}

interface Key {
  work_id: number;
  source_id: number;
  relation_id: number;
}

const keysOf = (sql: Sql, keys: readonly Key[]): Fragment => sql`
  unnest(${keys.map((k) => k.work_id)}::bigint[], ${keys.map((k) => k.source_id)}::smallint[],
    ${keys.map((k) => k.relation_id)}::smallint[]) as k (work_id, source_id, relation_id)`;

const isWithin = (sql: Sql, { from, until }: Range): Fragment => sql`
  true
  ${from === null ? sql`` : sql`and e.occurred_at >= ${from}::date::timestamp at time zone 'UTC'`}
  ${until === null ? sql`` : sql`and e.occurred_at < (${until}::date + 1)::timestamp at time zone 'UTC'`}`;

/** Totals of some keys from the events of a range of days. */
export function rangeTotals(
  sql: Sql,
  keys: readonly Key[],
  range: Range,
): Promise<(Key & Pick<TotalRow, 'increments' | 'events' | 'subjects' | 'first_at' | 'last_at'>)[]> {
  return sql`
    select k.work_id, k.source_id, k.relation_id, coalesce(sum(e.total) filter (where e.flags & 2 = 0), 0)::bigint as increments,
      count(*) as events, count(distinct e.from_work) as subjects, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
    from ${keysOf(sql, keys)}
    join events e on e.to_work = k.work_id and e.source_id = k.source_id and e.relation_id = k.relation_id
    where e.state = 'l' and e.from_work <> e.to_work and ${isWithin(sql, range)}
    group by 1, 2, 3`;
}

export interface DayRow extends Key {
  day: string;
  increments: number;
  events: number;
}

/** Days of some keys, or the periods whose names are their first `length` characters: stored ones where there are many events, else from the events. */
export async function listDays(
  sql: Sql,
  keys: readonly (Key & { events: number })[],
  { from, until }: Range,
  length: number,
): Promise<DayRow[]> {
  const few = keys.filter(({ events }) => events <= MANY_EVENTS);
  const many = keys.filter(({ events }) => events > MANY_EVENTS);
  const [counted, stored] = await Promise.all([
    few.length === 0
      ? []
      : sql<DayRow[]>`
          select k.work_id, k.source_id, k.relation_id, left((e.occurred_at at time zone 'UTC')::date::text, ${length}) as day,
            coalesce(sum(e.total) filter (where e.flags & 2 = 0), 0)::bigint as increments, count(*) as events
          from ${keysOf(sql, few)}
          join events e on e.to_work = k.work_id and e.source_id = k.source_id and e.relation_id = k.relation_id
          where e.state = 'l' and e.from_work <> e.to_work and ${isWithin(sql, { from, until })}
          group by 1, 2, 3, 4
          order by 4`,
    many.length === 0
      ? []
      : sql<DayRow[]>`
          select d.work_id, d.source_id, d.relation_id, left(d.day::text, ${length}) as day,
            least(sum(d.increments), ${LARGEST})::bigint as increments, sum(d.events)::bigint as events
          from ${keysOf(sql, many)}
          join event_days d using (work_id, source_id, relation_id)
          where (${from}::date is null or d.day >= ${from}::date) and (${until}::date is null or d.day <= ${until}::date)
          group by 1, 2, 3, 4
          order by 4`,
  ]);
  return [...counted, ...stored];
}

export interface ObservationRow extends Key {
  id: string;
  at: Date;
  value: number;
}

/** Confirmed observations of live cumulative events of some keys, up to the end of a day, in order of time. */
export function listObservations(
  sql: Sql,
  keys: readonly Key[],
  until: string | null,
): Promise<ObservationRow[]> {
  return sql<ObservationRow[]>`
    select k.work_id, k.source_id, k.relation_id, o.id, o.at, o.value
    from ${keysOf(sql, keys)}
    join events e on e.to_work = k.work_id and e.source_id = k.source_id and e.relation_id = k.relation_id
    join event_observations o on o.id = e.id
    where e.state = 'l' and e.from_work <> e.to_work and e.flags & 2 <> 0 and o.state = 'c'
      and (${until}::date is null or o.at < (${until}::date + 1)::timestamp at time zone 'UTC')
    order by o.at, o.no`;
}

export interface WorkTotal {
  work_id: number;
  source: string;
  relation_id: number;
  total: number;
  events: number;
}

/** Totals of some works, of all relations. */
export function totalsOfWorks(sql: Sql, workIds: number[], seesPrivate: boolean): Promise<WorkTotal[]> {
  return sql<WorkTotal[]>`
    select t.work_id, s.name as source, t.relation_id, t.increments + coalesce(t.snapshot, 0) as total, t.events
    from event_totals t join almanac.event_sources s using (source_id)
    where t.work_id = any(${workIds}::bigint[]) ${seesPrivate ? sql`` : sql`and not s.private`}
    order by t.source_id, t.relation_id`;
}

export const worksWithSource = (sql: Sql, sourceId: number): Fragment => sql`
  exists (select from event_totals t where t.work_id = w.work_id and t.source_id = ${sourceId})`;

/** Works with their totals of a source, most first; in the order of an index. */
export const ranksOfSource = (
  sql: Sql,
  sourceId: number,
  after: { rank: number; workId: number } | null,
): Fragment => sql`
  select work_id, rank from event_totals
  where source_id = ${sourceId} and rank is not null
    ${after === null ? sql`` : sql`and (-rank, work_id) > (${-after.rank}::bigint, ${after.workId}::bigint)`}`;

export async function findWork(sql: Sql, key: string): Promise<number | null> {
  const [row] = await sql<{ work_id: number }[]>`select work_id from work_identifiers where key = ${key}`;
  return row?.work_id ?? null;
}
