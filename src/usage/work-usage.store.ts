import type { Sql } from 'postgres';
import type { Metrics } from './metrics.ts';

/** The four metrics over all time of each of some works that has any. */
export async function readWorkUsage(
  sql: Sql,
  workIds: number[],
): Promise<Map<number, Record<string, number>>> {
  const rows = await sql<(Metrics & { work_id: number })[]>`
    select work_id, total_item_requests, unique_item_requests, total_item_investigations, unique_item_investigations
    from usage_work_periods
    where work_id = any(${workIds}::bigint[]) and grain = 't'`;
  return new Map(rows.map(({ work_id: work, ...metrics }) => [work, { ...metrics }]));
}
