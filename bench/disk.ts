import type { Sql } from '../src/platform/database/index.ts';
import type { Report } from './report.ts';

/** Bytes of database for each event, indexes included (`usage` §9); evidence is not part of it. */
const TARGET_BYTES = 150;

const PARTS = [
  'facts',
  'roll-ups of works',
  'roll-ups of people, partners and countries',
  'catalogue',
] as const;

/** What the derived tables take, by the event. */
export async function measureDisk(sql: Sql, report: Report): Promise<void> {
  const [state] = await sql<{ events: number }[]>`select events from derived.usage_state`;
  const sizes = await sql<{ part: (typeof PARTS)[number]; bytes: number }[]>`
    select
      case
        when c.relname like 'usage_events%' then ${PARTS[0]}::text
        when c.relname like 'usage_work_%' then ${PARTS[1]}::text
        when c.relname like 'usage_entity_%' or c.relname like 'usage_scholar_%' then ${PARTS[2]}::text
        else ${PARTS[3]}::text
      end as part,
      sum(pg_total_relation_size(c.oid))::float8 as bytes
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'derived' and c.relkind = 'r'
    group by part`;
  const events = state?.events ?? 0;
  if (events === 0) return;
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  report.add('disk per event, with indexes', total / events, 'bytes', { most: TARGET_BYTES });
  for (const part of PARTS) {
    const bytes = sizes.find((size) => size.part === part)?.bytes ?? 0;
    report.add(`… of it ${part}`, bytes / events, 'bytes');
  }
}

/** Days of works that have figures: what counting has to compute anew, however many events each holds. */
export async function countWorkDays(sql: Sql): Promise<number> {
  const [row] = await sql<{ days: number }[]>`
    select count(*)::float8 as days from (select distinct work_id, day from derived.usage_work_days) as work_days`;
  return row?.days ?? 0;
}
