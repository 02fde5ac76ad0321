import type { PendingQuery, Row, Sql } from 'postgres';
import { listOf } from '../platform/database/index.ts';
import { bodyColumnsOnce, isFirstOfBodies, type JoinedRow, readBodies } from './bodies.store.ts';
import type { EventState } from './event.ts';
import { keptCount, keptFacet } from './feed-counts.store.ts';
import { nextNumbers, roughLength } from './feed-lists.store.ts';
import { dayOf, type ListKind } from './feed-lists.ts';

// SQL of the feed. A page is read from one index or list in the order of changes, whichever of them the question allows.

type Fragment = PendingQuery<Row[]>;

export interface FeedRow {
  id: string;
  change_no: number;
  from_id: string | null;
  to_id: string | null;
  total: number;
  occurred_at: Date;
  created_at: Date;
  changed_at: Date;
  version: number;
  flags: number;
  state: EventState;
  relation_id: number;
  source: string;
  account: string;
  evidence: string;
  body: string;
}

export interface FeedFilter {
  /** Null: not asked; 0: names no work. */
  workId: number | null;
  /** Works of the ends as they were deposited. */
  subject: number | null;
  object: number | null;
  sourceId: number | null;
  relation: { id: number; isInverse: boolean } | null;
  account: number | null;
  from: Date | null;
  until: Date | null;
  changedSince: Date | null;
  prefix: number | null;
  hosts: number[] | null;
  include: 'live' | 'deleted' | 'all';
  seesPrivate: boolean;
}

const isHidden = (sql: Sql): Fragment =>
  sql`e.source_id in (select source_id from almanac.event_sources where private)`;

function conditions(sql: Sql, f: FeedFilter): Fragment {
  // The deposited ends change places in the active form of an inverse relation.
  const deposited = (work: number, plain: Fragment, inverse: Fragment): Fragment =>
    sql`and ((${plain} = ${work} and e.flags & 1 = 0) or (${inverse} = ${work} and e.flags & 1 <> 0))`;
  return sql`
    true
    ${f.workId === null ? sql`` : sql`and (e.from_work = ${f.workId} or e.to_work = ${f.workId})`}
    ${f.subject === null ? sql`` : deposited(f.subject, sql`e.from_work`, sql`e.to_work`)}
    ${f.object === null ? sql`` : deposited(f.object, sql`e.to_work`, sql`e.from_work`)}
    ${f.sourceId === null ? sql`` : sql`and e.source_id = ${f.sourceId}`}
    ${f.relation === null ? sql`` : sql`and e.relation_id = ${f.relation.id} and (e.flags & 1 <> 0) = ${f.relation.isInverse}`}
    ${f.account === null ? sql`` : sql`and e.account_id = ${f.account}`}
    ${f.from === null ? sql`` : sql`and e.occurred_at >= ${f.from}`}
    ${f.until === null ? sql`` : sql`and e.occurred_at < ${f.until}`}
    ${f.changedSince === null ? sql`` : sql`and coalesce(e.changed_at, e.created_at) >= ${f.changedSince}`}
    ${f.prefix === null ? sql`` : sql`and (e.from_prefix = ${f.prefix} or e.to_prefix = ${f.prefix})`}
    ${f.hosts === null ? sql`` : sql`and (e.from_host = any(${f.hosts}::integer[]) or e.to_host = any(${f.hosts}::integer[]))`}
    ${f.include === 'all' ? sql`` : f.include === 'live' ? sql`and e.state = 'l'` : sql`and e.state <> 'l'`}
    ${f.seesPrivate ? sql`` : sql`and not ${isHidden(sql)}`}`;
}

/** One page of events in the order of their last change, after a change. */
export async function listEvents(
  sql: Sql,
  filter: FeedFilter,
  after: number,
  limit: number,
): Promise<FeedRow[]> {
  const work = filter.workId ?? filter.subject ?? filter.object;
  const list = work !== null || filter.include === 'deleted' ? null : await shortestList(sql, filter, after);
  if (list !== null) return listed(list);
  const page = (columns: Fragment, way: Fragment): Fragment => sql`
    select ${columns} from events e where ${way} and e.change_no > ${after} and ${conditions(sql, filter)}
    order by e.change_no limit ${limit}`;
  if (work === null) return rowsOf(sql, page(sql`e.*`, sql`true`));
  return rowsOf(
    sql,
    sql`
      select * from events
      where change_no = any(array(
        select change_no from (
          (${page(sql`e.change_no`, sql`e.from_work = ${work}`)}) union (${page(sql`e.change_no`, sql`e.to_work = ${work}`)})
        ) ends
        order by 1 limit ${limit}))`,
  );

  /** The events of a list that fulfil the other conditions: as many as are asked for, sought in growing parts. */
  async function listed({ kind, ids }: List): Promise<FeedRow[]> {
    const rows: FeedRow[] = [];
    let part = limit + FEW_STALE;
    for (let from: number | null = after; from !== null; ) {
      const { numbers, end } = await nextNumbers(sql, kind, ids, from);
      for (let at = 0; at < numbers.length && rows.length < limit; at += part) {
        const found = await rowsOf(
          sql,
          sql`
            select * from events e
            where e.change_no = any(${listOf(numbers.slice(at, at + part))}::bigint[]) and ${conditions(sql, filter)}
            order by e.change_no limit ${limit - rows.length}`,
        );
        rows.push(...found);
        if (at > 0) part = Math.min(2 * part, MOST_AT_ONCE);
      }
      from = rows.length < limit ? end : null;
    }
    return rows;
  }
}

/** Numbers that lead nowhere any more, among those of a page. */
const FEW_STALE = 20;
const MOST_AT_ONCE = 4_000;
/** A domain with more hosts is common: its events are met soon enough on the way through all changes. */
const MOST_HOSTS = 20;
const MOST_DAYS = 31;

interface List {
  kind: ListKind;
  ids: number[];
}

/** Of the lists that hold all events asked for, one that is short; null when none is asked for. */
async function shortestList(sql: Sql, f: FeedFilter, after: number): Promise<List | null> {
  const lists: List[] = [];
  if (f.hosts !== null && f.hosts.length <= MOST_HOSTS) lists.push({ kind: 'h', ids: f.hosts });
  if (f.prefix !== null) lists.push({ kind: 'p', ids: [f.prefix] });
  if (f.sourceId !== null) lists.push({ kind: 's', ids: [f.sourceId] });
  if (f.relation !== null) lists.push({ kind: 'r', ids: [f.relation.id] });
  if (f.account !== null) lists.push({ kind: 'a', ids: [f.account] });
  const days = daysOf(f);
  if (days.length > 0) lists.push({ kind: 'd', ids: days });
  if (lists.length < 2) return lists[0] ?? null;
  let shortest: List | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const list of lists) {
    let length = 0;
    for (const id of list.ids) length += await roughLength(sql, list.kind, id, after);
    if (length < least) [shortest, least] = [list, length];
  }
  return shortest;
}

/** The days of a span, if they are few. */
function daysOf({ from, until }: FeedFilter): number[] {
  if (from === null || until === null) return [];
  const [first, last] = [dayOf(from.getTime()), dayOf(until.getTime() - 1)];
  return last - first < MOST_DAYS
    ? Array.from({ length: Math.max(0, 1 + last - first) }, (_, n) => first + n)
    : [];
}

/**
 * What is shown of some events, in the order of their changes. What they point at is looked up one by one: joins of seven
 * tables take longer to plan than to read, and each connection plans a statement several times before it keeps the plan.
 * @param events a select of whole rows
 */
async function rowsOf(sql: Sql, events: Fragment): Promise<FeedRow[]> {
  const rows = await sql<(Omit<FeedRow, 'body'> & JoinedRow)[]>`
    select e.id, e.change_no, e.total, e.occurred_at, e.created_at, coalesce(e.changed_at, e.created_at) as changed_at,
      e.version, e.flags, e.state::text, e.relation_id,
      (select canonical_id from works w where w.work_id = e.from_work) as from_id,
      (select canonical_id from works w where w.work_id = e.to_work) as to_id,
      (select name from almanac.event_sources s where s.source_id = e.source_id) as source,
      (select name from event_names a where a.name_id = e.account_id) as account,
      (select id from almanac.evidence v where v.seq = e.seq) as evidence, ${bodyColumnsOnce(sql)}
    from (select *, ${isFirstOfBodies(sql)} as is_first from (${events}) e) e
    order by e.change_no`;
  return readBodies(rows);
}

/** How many events a question names. */
export async function countEvents(sql: Sql, filter: FeedFilter): Promise<number> {
  const kept = await keptCount(sql, filter);
  if (kept !== null) return kept;
  const [row] = await sql<
    { count: number }[]
  >`select count(*) as count from events e where ${conditions(sql, filter)}`;
  return row?.count ?? 0;
}

export type Facet = 'source_id' | 'relation_type_id' | 'prefix' | 'domain';

export interface FacetRow {
  value: string | number;
  inverse?: boolean;
  count: number;
}

const MOST_VALUES = 100;

/** The hundred largest values of a facet over all events that the question names. */
export async function countFacet(sql: Sql, filter: FeedFilter, facet: Facet): Promise<FacetRow[]> {
  const kept = await keptFacet(sql, filter, facet, MOST_VALUES);
  if (kept !== null) return kept;
  const asked = conditions(sql, filter);
  if (facet === 'source_id') {
    return sql<FacetRow[]>`
      select s.name as value, c.count
      from (select e.source_id, count(*) as count from events e where ${asked} group by 1) c
      join almanac.event_sources s using (source_id)
      order by c.count desc, s.source_id limit ${MOST_VALUES}`;
  }
  if (facet === 'relation_type_id') {
    return sql<FacetRow[]>`
      select e.relation_id as value, e.flags & 1 <> 0 as inverse, count(*) as count
      from events e where ${asked} group by 1, 2 order by 3 desc, 1, 2 limit ${MOST_VALUES}`;
  }
  const [from, to] =
    facet === 'prefix' ? [sql`e.from_prefix`, sql`e.to_prefix`] : [sql`e.from_host`, sql`e.to_host`];
  return sql<FacetRow[]>`
    select n.name as value, sum(c.count)::bigint as count
    from (
      select ${from} as name_id, count(*) as count from events e where ${asked} group by 1
      union all
      select ${to}, count(*) from events e where ${asked} and ${to} <> ${from} group by 1
    ) c
    join event_names n using (name_id)
    group by n.name
    order by 2 desc, n.name collate "C" limit ${MOST_VALUES}`;
}

/** The last change there is: where an empty page ends. */
export async function lastChange(sql: Sql): Promise<number> {
  const [row] = await sql<{ change_no: number }[]>`select change_no from events_state`;
  return row?.change_no ?? 0;
}

/** The change before the first one at or after a time: times never fall from one change to the next, so it is sought by halves. */
export async function changeBefore(sql: Sql, at: Date): Promise<number> {
  const [row] = await sql<{ low: number }[]>`
    with recursive search (low, high) as (
      select 0::bigint, change_no from events_state
      union all
      select case when e.is_before then greatest(s.middle + 1, e.change_no) else s.low end,
        case when e.is_before then s.high else s.middle end
      from (select low, high, (low + high) / 2 as middle from search where low < high) s
      left join lateral (
        select change_no, coalesce(changed_at, created_at) < ${at} as is_before
        from events where change_no > s.middle order by change_no limit 1
      ) e on true
    )
    select low from search where low >= high`;
  return row?.low ?? 0;
}

export async function findName(sql: Sql, kind: 'a' | 'p', name: string): Promise<number> {
  const [row] = await sql<{ name_id: number }[]>`
    select name_id from event_names where kind = ${kind} and name = ${name}`;
  return row?.name_id ?? -1;
}

/** The hosts of a domain: itself and all below it. */
export async function findHosts(sql: Sql, domain: string): Promise<number[]> {
  const below = [...`.${domain}`]
    .reverse()
    .join('')
    .replace(/[\\%_]/g, '\\$&');
  const rows = await sql<{ name_id: number }[]>`
    select name_id from event_names
    where kind = 'h' and (name = ${domain} or reverse(name) like ${`${below}%`})
    order by name_id`;
  return rows.map((row) => row.name_id);
}

export function findEvent(sql: Sql, id: string): Promise<FeedRow[]> {
  return rowsOf(sql, sql`select * from events where id = ${id}`);
}

export interface VersionRow {
  version: number;
  changed_at: Date;
  evidence: string | null;
  total: number;
  occurred_at: Date;
  state: EventState;
  body: string;
}

export function listVersions(sql: Sql, id: string): Promise<VersionRow[]> {
  return sql<VersionRow[]>`
    select v.version, v.changed_at, e.id as evidence, v.total, v.occurred_at, v.state::text, v.body
    from event_versions v left join almanac.evidence e on e.seq = v.seq
    where v.id = ${id} order by v.version`;
}

export async function isPrivateSource(sql: Sql, name: string): Promise<boolean> {
  const rows = await sql`select from almanac.event_sources where name = ${name} and private`;
  return rows.length > 0;
}
