import type { PendingQuery, Row, Sql } from 'postgres';
import type { ToldFields } from './descriptions.ts';

// SQL that reads works for answers.

export type Fragment = PendingQuery<Row[]>;

export interface WorkRow {
  work_id: number;
  canonical_id: string;
  title: string | null;
  type: string | null;
  date: string | null;
  parent: { title?: string | null } | null;
  told: ToldFields | null;
  created_at: Date;
  updated_at: Date;
  /** What a list is sorted by, where that is no column. */
  rank: number | null;
}

export interface WorkOrder {
  by: 'id' | 'updated_at' | 'rank';
  /** Rows (work_id, rank) of the works that have one, after a position; for `rank`. */
  ranks: ((after: RankPosition | null) => Fragment) | null;
}

/** The work of a rank after which a list goes on; works of one rank are in the order in which they became known. */
export interface RankPosition {
  rank: number;
  workId: number;
}

export interface WorkFilter {
  workIds: number[] | null;
  q: string | null;
  /** Key of `q` as an identifier. */
  qKey: string | null;
  type: string | null;
  /** A condition on `w.work_id` of another room. */
  condition: Fragment | null;
}

/** Position of the last row: its canonical id, the work that has it now, and what it is sorted by. */
export interface WorkPosition {
  id: string;
  workId: number;
  value: string | number;
}

export function listWorks(
  sql: Sql,
  filter: WorkFilter,
  order: WorkOrder,
  after: WorkPosition | null,
  limit: number,
): Promise<WorkRow[]> {
  const asked = sql`plainto_tsquery('simple', ${filter.q ?? ''})`;
  const found = sql`
    select work_id from works where title is not null and ${wordsOf(sql, sql`title`)} @@ ${asked}
    union select work_id from work_descriptions where told ? 'title' and ${wordsOf(sql, sql`told -> 'title' ->> 'v'`)} @@ ${asked}
    union select work_id from work_identifiers where key = ${filter.qKey}::uuid`;
  return sql<WorkRow[]>`
    select w.work_id, w.canonical_id, w.title, w.type, w.date, w.parent, d.told, w.created_at, w.updated_at,
      ${order.ranks === null ? sql`null::bigint` : sql`r.rank`} as rank
    from works w
    left join work_descriptions d using (work_id)
    ${order.ranks === null ? sql`` : sql`join (${order.ranks(rankOf(after))}) r on r.work_id = w.work_id`}
    where true
      ${filter.workIds === null ? sql`` : sql`and w.work_id = any(${filter.workIds}::bigint[])`}
      ${filter.q === null ? sql`` : sql`and w.work_id in (${found})`}
      ${filter.type === null ? sql`` : sql`and ${typeOf(sql)} = ${filter.type}`}
      ${filter.condition === null ? sql`` : sql`and ${filter.condition}`}
      ${after === null ? sql`` : sql`and ${isAfter(sql, order, after)}`}
    order by ${orderOf(sql, order)}
    limit ${limit}`;
}

/** The expression of the indexes on titles. */
export function wordsOf(sql: Sql, title: Fragment): Fragment {
  return sql`to_tsvector('simple', coalesce(${title}, ''))`;
}

/** The kind of a work as it is believed. */
export function typeOf(sql: Sql): Fragment {
  return sql`
    coalesce(case when (d.told -> 'type' ->> 'r')::integer > 3 then d.told -> 'type' ->> 'v' end,
      nullif(w.type, 'Unspecified'), d.told -> 'type' ->> 'v', w.type)`;
}

const rankOf = (after: WorkPosition | null): RankPosition | null =>
  after === null ? null : { rank: Number(after.value), workId: after.workId };

function orderOf(sql: Sql, { by }: WorkOrder): Fragment {
  if (by === 'id') return sql`left(w.canonical_id, 100) collate "C", w.canonical_id collate "C"`;
  return by === 'rank' ? sql`-r.rank, r.work_id` : sql`w.updated_at desc, w.work_id desc`;
}

/** In the order of an index, so that a page costs the same at any depth. */
function isAfter(sql: Sql, { by }: WorkOrder, { id, workId, value }: WorkPosition): Fragment {
  // The index holds the first hundred characters.
  if (by === 'id')
    return sql`
      left(w.canonical_id, 100) collate "C" >= ${[...id].slice(0, 100).join('')} and w.canonical_id collate "C" > ${id}`;
  return by === 'rank' ? sql`true` : sql`(w.updated_at, w.work_id) < (${value}::timestamptz, ${workId})`;
}

export async function workIdsOf(sql: Sql, keys: string[]): Promise<number[]> {
  const rows = await sql<{ work_id: number }[]>`
    select distinct work_id from work_identifiers where key = any(${keys}::uuid[])`;
  return rows.map((row) => row.work_id);
}

export async function identifiersOf(sql: Sql, workIds: number[]): Promise<Map<number, string[]>> {
  const rows = await sql<{ work_id: number; value: string }[]>`
    select work_id, value from work_identifiers where work_id = any(${workIds}::bigint[]) order by known_no`;
  const found = new Map<number, string[]>();
  for (const { work_id: work, value } of rows) found.set(work, [...(found.get(work) ?? []), value]);
  return found;
}

/** Authors as the newest live record of each work names them. */
export async function authorsOf(
  sql: Sql,
  workIds: number[],
): Promise<Map<number, { name: string; ids: string[] }[]>> {
  const rows = await sql<{ work_id: number; authors: { name: string; ids: string[] }[] | null }[]>`
    select distinct on (work_id) work_id, body -> 'authors' as authors
    from publication_records
    where work_id = any(${workIds}::bigint[]) and not deleted
    order by work_id, coalesce(datestamp, received_at) desc, record_id collate "C" desc`;
  return new Map(rows.map((row) => [row.work_id, row.authors ?? []]));
}
