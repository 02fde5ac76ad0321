import type { Sql } from 'postgres';
import { type Spike, spikeOf } from './rules/index.ts';

export interface SpikeNote extends Spike {
  subject: { type: 'partner'; id: string; name: string | null };
}

/** Partners whose investigations of a month (`YYYY-MM`) are out of line with the 12 before (specification §4.9). */
export async function readSpikes(sql: Sql, month: string): Promise<SpikeNote[]> {
  const rows = await sql<{ id: string; name: string | null; totals: number[] }[]>`
    with months as (
      select generate_series(${`${month}-01`}::date - interval '12 months', ${`${month}-01`}::date, interval '1 month')::date as period
    )
    select e.id, e.name, array_agg(coalesce(p.total_item_investigations, 0)::float8 order by m.period) as totals
    from entities e cross join months m
    left join usage_entity_periods p
      on p.entity_id = e.entity_id and p.grain = 'm' and p.period = m.period
    where e.kind = 'partner'
    group by e.entity_id, e.id, e.name
    order by e.id`;
  return rows.flatMap(({ id, name, totals }) => {
    const spike = spikeOf(totals);
    return spike === null ? [] : [{ subject: { type: 'partner' as const, id, name }, ...spike }];
  });
}

/** The month before the one that a time lies in. */
export function lastClosedMonth(now: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
