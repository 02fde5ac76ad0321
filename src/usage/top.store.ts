import type { Sql } from 'postgres';
import type { Metrics } from './metrics.ts';
import { type Fragment, metricSums } from './packed-figures.store.ts';
import type { Piece } from './periods.ts';
import { scholarDays } from './statistics.store.ts';

// SQL of what is used most.

export interface TopRow extends Metrics {
  id: string;
  name: string | null;
}

/**
 * The most used works or entities over some pieces. A single piece of one period comes straight from the index on
 * (grain, period, requests, investigations); more are summed over what was used in them.
 */
export function topWorks(sql: Sql, pieces: Piece[], size: number): Promise<TopRow[]> {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && only.grain !== 'd' && only.from === only.until) {
    return sql<TopRow[]>`
      select w.canonical_id as id, w.title as name, p.total_item_requests, p.unique_item_requests, p.total_item_investigations,
        p.unique_item_investigations
      from usage_work_periods p join works w using (work_id)
      where p.grain = ${only.grain} and p.period = ${only.from} and p.work_id > 0
      order by p.total_item_requests desc, p.total_item_investigations desc, w.canonical_id collate "C"
      limit ${size}`;
  }
  return sql<TopRow[]>`
    with used as (${union(sql, pieces, (piece) => workPiece(sql, piece))}), summed as (
      select work_id, ${metricSums(sql)}
      from used group by work_id
    )
    select w.canonical_id as id, w.title as name, s.total_item_requests, s.unique_item_requests, s.total_item_investigations,
      s.unique_item_investigations
    from summed s join works w using (work_id)
    order by s.total_item_requests desc, s.total_item_investigations desc, w.canonical_id collate "C"
    limit ${size}`;
}

/** Figures of all works in a piece; ends in conditions, so that more can follow. */
export function workPiece(sql: Sql, { grain, from, until }: Piece): Fragment {
  const columns = sql`work_id, total_item_requests, unique_item_requests, total_item_investigations, unique_item_investigations`;
  return grain === 'd'
    ? sql`select ${columns} from usage_work_days where work_id > 0 and day between ${from} and ${until}`
    : sql`select ${columns} from usage_work_periods where work_id > 0 and grain = ${grain} and period between ${from} and ${until}`;
}

export function topEntities(
  sql: Sql,
  kind: 'scholar' | 'partner',
  pieces: Piece[],
  size: number,
): Promise<TopRow[]> {
  return sql<TopRow[]>`
    with used as (${union(sql, pieces, (piece) => entityPiece(sql, kind, piece))}), summed as (
      select entity_id, ${metricSums(sql)}
      from used group by entity_id
    )
    select e.id, e.name, s.total_item_requests, s.unique_item_requests, s.total_item_investigations, s.unique_item_investigations
    from summed s join entities e using (entity_id)
    where e.kind = ${kind}
    order by s.total_item_requests desc, s.total_item_investigations desc, e.id collate "C"
    limit ${size}`;
}

function entityPiece(sql: Sql, kind: 'scholar' | 'partner', { grain, from, until }: Piece): Fragment {
  const columns = sql`entity_id, total_item_requests, unique_item_requests, total_item_investigations, unique_item_investigations`;
  if (kind === 'scholar' && grain === 'd')
    return sql`select ${columns} from (${scholarDays(sql, sql`entity_id > 0`, from, until)}) days`;
  return kind === 'scholar' && grain === 'm'
    ? sql`select ${columns} from usage_scholar_months where entity_id > 0 and period between ${from} and ${until}`
    : sql`select ${columns} from usage_entity_periods
        where grain = ${grain} and period between ${from} and ${until} and entity_id > 0`;
}

export function union(sql: Sql, pieces: Piece[], select: (piece: Piece) => Fragment): Fragment {
  const [first, ...rest] = pieces;
  if (first === undefined) throw new Error('no pieces to read');
  return rest.reduce((all, piece) => sql`${all} union all ${select(piece)}`, select(first));
}
