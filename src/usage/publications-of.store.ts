import type { Sql } from 'postgres';
import { metricSums, metricsOrZero } from './packed-figures.store.ts';
import type { Piece } from './periods.ts';
import { type TopRow, union, workPiece } from './top.store.ts';

// SQL of the publications of one scholar or partner by their usage.

/**
 * By requests, then investigations, then id; works without usage in these pieces come last. Two ways give the same rows,
 * and the one that has to read fewer is taken: all works of the entity, or, for a large one, the works of everybody from
 * the most used on until enough are its own.
 */
export async function rankedWorksOf(
  sql: Sql,
  entityId: number,
  pieces: Piece[],
  size: number,
): Promise<TopRow[]> {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && only.grain !== 'd' && only.from === only.until) {
    const [count] = await sql<{ own: number; all: number }[]>`
      select (select count(*) from work_entities where entity_id = ${entityId}) as own,
        (select works from works_state) as all`;
    const { own, all } = count ?? { own: 0, all: 0 };
    // Of the most used, one in all / own is its own.
    if (own > size * (all / Math.max(own, 1))) {
      const rows = await fromTheTop(sql, entityId, only, size);
      // Fewer than asked: the rest of its works has no usage.
      if (rows.length === size) return rows;
    }
  }
  return allOfThem(sql, entityId, pieces, size);
}

function fromTheTop(sql: Sql, entityId: number, { grain, from }: Piece, size: number): Promise<TopRow[]> {
  // `offset 0` keeps the look at the entity behind the walk down the index on (grain, period, requests, investigations):
  // joined, the planner may read and sort all works of the entity.
  return sql<TopRow[]>`
    select w.canonical_id as id, w.title as name, p.total_item_requests, p.unique_item_requests, p.total_item_investigations,
      p.unique_item_investigations
    from usage_work_periods p join works w using (work_id)
    where p.grain = ${grain} and p.period = ${from} and p.work_id > 0
      and exists (select from work_entities e where e.work_id = p.work_id and e.entity_id = ${entityId} offset 0)
    order by p.total_item_requests desc, p.total_item_investigations desc, w.canonical_id collate "C"
    limit ${size}`;
}

function allOfThem(sql: Sql, entityId: number, pieces: Piece[], size: number): Promise<TopRow[]> {
  const none = sql`
    select null::bigint as work_id, 0 as total_item_requests, 0 as unique_item_requests, 0 as total_item_investigations,
      0 as unique_item_investigations`;
  return sql<TopRow[]>`
    with own as materialized (
      select work_id from work_entities where entity_id = ${entityId}
    ), used as (
      ${pieces.length === 0 ? none : union(sql, pieces, (piece) => sql`${workPiece(sql, piece)} and work_id in (select work_id from own)`)}
    ), summed as (
      select work_id, ${metricSums(sql)} from used group by work_id
    )
    select w.canonical_id as id, w.title as name, ${metricsOrZero(sql, 's')}
    from own join works w using (work_id) left join summed s using (work_id)
    order by coalesce(s.total_item_requests, 0) desc, coalesce(s.total_item_investigations, 0) desc, w.canonical_id collate "C"
    limit ${size}`;
}
