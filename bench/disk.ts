import type postgres from 'postgres';
import type { Report } from './report.ts';

/** Bytes of database for each event, indexes included (`usage` §9); evidence is not part of it. */
const TARGET_BYTES = 150;

/** What the derived tables take, by the event: facts, roll-ups, catalogue. */
export async function measureDisk(sql: postgres.Sql, report: Report): Promise<void> {
  const [sizes] = await sql<{ facts: number; all: number; events: number }[]>`
    select
      coalesce(sum(pg_total_relation_size(c.oid)) filter (where c.relname like 'usage_events%'), 0)::float8 as facts,
      sum(pg_total_relation_size(c.oid))::float8 as all,
      (select events from derived.usage_state)::float8 as events
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'derived' and c.relkind = 'r'`;
  if (sizes === undefined || sizes.events === 0) return;
  report.add('disk per event, facts with indexes', sizes.facts / sizes.events, 'bytes');
  report.add('disk per event, all derived tables with indexes', sizes.all / sizes.events, 'bytes', {
    most: TARGET_BYTES,
  });
}
