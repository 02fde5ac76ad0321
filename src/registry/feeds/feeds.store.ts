import type { Queries } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import type { JsonObject } from '../model/record.ts';

// SQL of the feeds: records in the order of their last change.

export interface FeedRecord {
  id: string;
  created: string;
  updated: string;
  deleted: boolean;
  register: JsonObject;
}

export interface FeedFilter {
  /** Milliseconds, inclusive; null: open. */
  from: number | null;
  until: number | null;
  /** `country:XX` or `type:xxx`. */
  set: { kind: 'country' | 'type'; value: string } | null;
}

interface Row {
  id: string;
  created_date: Date;
  last_updated: Date;
  deleted: boolean;
  register: JsonObject;
}

const feedRecordOf = (row: Row): FeedRecord => ({
  id: row.id,
  created: isoSeconds(row.created_date),
  updated: isoSeconds(row.last_updated),
  deleted: row.deleted,
  register: row.register,
});

export async function countFeed(sql: Queries, filter: FeedFilter): Promise<number> {
  const [row] = await sql<{ total: number }[]>`
    select count(*)::integer as total
    from almanac.records
    where ${matching(sql, filter)}`;
  return row?.total ?? 0;
}

/** Records by (date, id) after a place in that order. */
export async function feedPage(
  sql: Queries,
  filter: FeedFilter,
  after: { at: string; id: string } | null,
  limit: number,
): Promise<FeedRecord[]> {
  const rows = await sql<Row[]>`
    select id, created_date, last_updated, deleted, register
    from almanac.records
    where ${matching(sql, filter)}
      and (${after === null} or (last_updated, id) > (${after?.at ?? '2000-01-01'}::timestamptz, ${after?.id ?? ''}))
    order by last_updated, id
    limit ${limit}`;
  return rows.map(feedRecordOf);
}

/** The newest changes first. */
export async function newestChanges(
  sql: Queries,
  since: number | null,
  before: { at: string; id: string } | null,
  limit: number,
): Promise<FeedRecord[]> {
  const rows = await sql<Row[]>`
    select id, created_date, last_updated, deleted, register
    from almanac.records
    where (${since === null} or last_updated >= ${new Date(since ?? 0)})
      and (${before === null} or (last_updated, id) < (${before?.at ?? '2000-01-01'}::timestamptz, ${before?.id ?? ''}))
    order by last_updated desc, id desc
    limit ${limit}`;
  return rows.map(feedRecordOf);
}

export async function feedRecord(sql: Queries, id: string): Promise<FeedRecord | null> {
  const [row] = await sql<Row[]>`
    select id, created_date, last_updated, deleted, register
    from almanac.records
    where id = ${id}`;
  return row ? feedRecordOf(row) : null;
}

export async function earliestUpdate(sql: Queries): Promise<string | null> {
  const [row] = await sql<
    { earliest: Date | null }[]
  >`select min(last_updated) as earliest from almanac.records`;
  return row?.earliest ? isoSeconds(row.earliest) : null;
}

/** What signs tokens; the same for all servers and after a restart. */
export async function registrySecret(sql: Queries): Promise<Buffer> {
  const [row] = await sql<{ secret: Buffer }[]>`select secret from almanac.registry_state`;
  if (!row) throw new Error('the state of the registry is missing');
  return row.secret;
}

function matching(sql: Queries, { from, until, set }: FeedFilter) {
  return sql`
    (${from === null} or last_updated >= ${new Date(from ?? 0)})
    and (${until === null} or last_updated <= ${new Date(until ?? 0)})
    and ${inSet(sql, set)}`;
}

function inSet(sql: Queries, set: FeedFilter['set']) {
  if (set === null) return sql`true`;
  if (set.kind === 'country') {
    return sql`exists (
      select 1
      from json_array_elements(register -> 'metadata') as entry
      where entry -> 'record' ->> 'country_code' = ${set.value}
    )`;
  }
  return sql`exists (
    select 1
    from json_array_elements(register -> 'metadata') as entry,
      json_array_elements_text(entry -> 'record' -> 'repository_type') as type
    where lower(type) = ${set.value}
  )`;
}

/** Where records stand, without what they say: by id without tombstones, or by change with them. */
export async function listPlaces(
  sql: Queries,
  by: 'id' | 'change',
  offset: number,
  limit: number,
): Promise<FeedRecord[]> {
  const rows = await sql<Row[]>`
    select id, created_date, last_updated, deleted, '{}'::json as register
    from almanac.records
    where ${by === 'change'} or not deleted
    order by ${by === 'change' ? sql`last_updated, id` : sql`id`}
    offset ${offset}
    limit ${limit}`;
  return rows.map(feedRecordOf);
}

export async function countPlaces(sql: Queries, by: 'id' | 'change'): Promise<number> {
  const [row] = await sql<{ total: number }[]>`
    select count(*)::integer as total
    from almanac.records
    where ${by === 'change'} or not deleted`;
  return row?.total ?? 0;
}
