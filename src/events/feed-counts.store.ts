import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres';
import { listOf } from '../platform/database/index.ts';
import type { Facet, FacetRow, FeedFilter } from './feed.store.ts';
import type { CountKind, CountMove } from './feed-counts.ts';

// SQL of the numbers of events by source and by what else the feed is asked for: counting answers from them, where it can, cost
// the same with any number of events.

export async function moveCounts(tx: TransactionSql, moves: readonly CountMove[]): Promise<void> {
  if (moves.length === 0) return;
  await tx`
    insert into event_counts as c (kind, name_id, source_id, live, gone)
    select kind::"char", name_id, source_id, live, gone
    from unnest(${moves.map(({ kind }) => kind)}::text[], ${listOf(moves.map(({ id }) => id))}::integer[],
      ${listOf(moves.map(({ source }) => source))}::smallint[], ${listOf(moves.map(({ live }) => live))}::bigint[],
      ${listOf(moves.map(({ gone }) => gone))}::bigint[]) as m (kind, name_id, source_id, live, gone)
    on conflict (kind, name_id, source_id) do update set live = c.live + excluded.live, gone = c.gone + excluded.gone`;
}

type Fragment = PendingQuery<Row[]>;

/** The numbers that a question asks for. */
const counted = (sql: Sql, { include }: FeedFilter): Fragment =>
  include === 'live' ? sql`c.live` : include === 'deleted' ? sql`c.gone` : sql`(c.live + c.gone)`;

const ofSources = (sql: Sql, { sourceId, seesPrivate }: FeedFilter): Fragment => sql`
  ${sourceId === null ? sql`true` : sql`c.source_id = ${sourceId}`}
  ${seesPrivate ? sql`` : sql`and c.source_id not in (select source_id from almanac.event_sources where private)`}`;

/** Besides the source, which one number a question asks for; null when it asks for more than is counted. */
function kindOf(f: FeedFilter): { kind: CountKind; ids: number[] } | null {
  if (f.workId !== null || f.subject !== null || f.object !== null) return null;
  if (f.from !== null || f.until !== null || f.changedSince !== null) return null;
  const asked: { kind: CountKind; ids: number[] }[] = [];
  if (f.relation !== null)
    asked.push({ kind: 'r', ids: [f.relation.isInverse ? -f.relation.id : f.relation.id] });
  if (f.account !== null) asked.push({ kind: 'a', ids: [f.account] });
  if (f.prefix !== null) asked.push({ kind: 'p', ids: [f.prefix] });
  if (f.hosts !== null) asked.push({ kind: 'h', ids: f.hosts });
  if (asked.length === 0) return { kind: '*', ids: [0] };
  const [first, second] = asked;
  // The ends of one event may have two hosts of a domain.
  return second !== undefined || first === undefined || first.ids.length > 1 ? null : first;
}

/** How many events a question names; null when that is not counted. */
export async function keptCount(sql: Sql, filter: FeedFilter): Promise<number | null> {
  const asked = kindOf(filter);
  if (asked === null) return null;
  const [row] = await sql<{ count: number }[]>`
    select coalesce(sum(${counted(sql, filter)}), 0)::bigint as count from event_counts c
    where c.kind = ${asked.kind}::"char" and c.name_id = any(${listOf(asked.ids)}::integer[]) and ${ofSources(sql, filter)}`;
  return row?.count ?? 0;
}

const FACETS = { source_id: '*', relation_type_id: 'r', prefix: 'p', domain: 'h' } as const;

/** The largest values of a facet over what a question names; null when that is not counted. */
export async function keptFacet(
  sql: Sql,
  filter: FeedFilter,
  facet: Facet,
  most: number,
): Promise<FacetRow[] | null> {
  const asked = kindOf(filter);
  if (asked === null || (asked.kind !== '*' && facet !== 'source_id')) return null;
  if (facet === 'source_id') {
    return sql<FacetRow[]>`
      select s.name as value, sum(${counted(sql, filter)})::bigint as count
      from event_counts c join almanac.event_sources s using (source_id)
      where c.kind = ${asked.kind}::"char" and c.name_id = any(${listOf(asked.ids)}::integer[]) and ${ofSources(sql, filter)}
      group by s.source_id having sum(${counted(sql, filter)}) > 0
      order by 2 desc, s.source_id limit ${most}`;
  }
  if (facet === 'relation_type_id') {
    return sql<FacetRow[]>`
      select abs(c.name_id) as value, c.name_id < 0 as inverse, sum(${counted(sql, filter)})::bigint as count
      from event_counts c where c.kind = 'r' and ${ofSources(sql, filter)}
      group by c.name_id having sum(${counted(sql, filter)}) > 0
      order by 3 desc, 1, 2 limit ${most}`;
  }
  return sql<FacetRow[]>`
    select n.name as value, c.count
    from (
      select c.name_id, sum(${counted(sql, filter)})::bigint as count
      from event_counts c where c.kind = ${FACETS[facet]}::"char" and ${ofSources(sql, filter)}
      group by c.name_id having sum(${counted(sql, filter)}) > 0
    ) c
    join event_names n using (name_id)
    order by c.count desc, n.name collate "C" limit ${most}`;
}
