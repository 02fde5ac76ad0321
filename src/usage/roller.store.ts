import type { Sql, TransactionSql } from 'postgres';

// SQL of the roller: its lane, and the marks it takes and leaves. All run in its transaction.

/** Advisory lock of the roller (held for a transaction): one recomputes at a time. */
const ROLL_LANE = 7_301_002;

/** Whether anything is to be recomputed: two looks, no lane. */
export async function isAnythingDirty(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ dirty: boolean }[]>`
    select exists (select from usage_dirty_days) or exists (select from usage_dirty_entities) as dirty`;
  return row?.dirty ?? false;
}

/** Takes the roller's lane and the tables that hold what this transaction recomputes. */
export async function takeRollLane(tx: TransactionSql): Promise<boolean> {
  const [row] = await tx<{ locked: boolean }[]>`select pg_try_advisory_xact_lock(${ROLL_LANE}) as locked`;
  if (!row?.locked) return false;
  await tx`set local synchronous_commit = off`;
  await tx`set local work_mem = '64MB'`;
  await tx`create temp table if not exists roll_days (work_id bigint not null, day date not null) on commit delete rows`;
  return true;
}

/** Takes marks of work-days; a failure gives them back. Null when there are none, else the range of days they span. */
export async function takeDays(
  tx: TransactionSql,
  limit: number,
): Promise<{ days: number; from: string; until: string } | null> {
  await tx`
    with taken as (
      delete from usage_dirty_days
      where ctid = any(array(select ctid from usage_dirty_days limit ${limit}))
      returning work_id, day
    )
    insert into roll_days select distinct work_id, day from taken`;
  const [row] = await tx<{ days: number; from: string | null; until: string | null }[]>`
    select count(*) as days, min(day)::text as from, max(day)::text as until from roll_days`;
  if (row === undefined || row.from === null || row.until === null) return null;
  // Without statistics the planner takes 50,000 keys for 2,000 and joins by nested loops: 40 times as slow.
  await tx`analyze roll_days`;
  return { days: row.days, from: row.from, until: row.until };
}

/** Tells the planner how large the roll-ups of works have become; 60 ms, and joins that take a third of the time. */
export async function refreshStatistics(tx: TransactionSql): Promise<void> {
  await tx`analyze usage_work_days, usage_work_periods, work_entities`;
}

/**
 * Marks whom recomputed work-days count for: partners with the day, scholars with the month, all countries of a day as
 * entity 0 (a country may have lost what it had).
 */
export async function markEntities(tx: TransactionSql): Promise<void> {
  await tx`
    insert into usage_dirty_entities (entity_id, day)
    select distinct 0, day from roll_days
    union all
    select distinct e.entity_id, case e.kind when 'scholar' then date_trunc('month', d.day)::date else d.day end
    from roll_days d join work_entities e using (work_id)`;
}

/** Takes marks of people, organisations and countries; answers how many there are. Who is gone has no kind. */
export async function takeEntities(tx: TransactionSql, limit: number): Promise<number> {
  await tx`create temp table if not exists roll_entity_days (entity_id bigint not null, day date not null, kind text not null) on commit delete rows`;
  const rows = await tx`
    with taken as (
      delete from usage_dirty_entities
      where ctid = any(array(select ctid from usage_dirty_entities limit ${limit}))
      returning entity_id, day
    )
    insert into roll_entity_days
    select distinct t.entity_id, t.day, case when t.entity_id = 0 then 'country' else coalesce(e.kind, 'gone') end
    from taken t left join entities e using (entity_id)`;
  if (rows.count > 0) await tx`analyze roll_entity_days`;
  return rows.count;
}
