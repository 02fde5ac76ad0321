import type { Sql, TransactionSql } from 'postgres';

// SQL of the roller: its lane, and the marks it takes and leaves. All run in its transaction.

/**
 * Advisory locks of the roller, held for a transaction: of each what is recomputed by one at a time. Works are halved by their
 * number, so that two transactions can share many of them.
 */
const LANES = { evenWorks: 7_301_002, oddWorks: 7_301_004, groups: 7_301_005, scholars: 7_301_006 } as const;
export type Lane = keyof typeof LANES;
/** Half of the works. */
export type WorksLane = 'evenWorks' | 'oddWorks';
/** Scholars, or everybody else: partners and countries. */
export type EntitiesLane = 'groups' | 'scholars';
export const WORKS_LANES: readonly WorksLane[] = ['evenWorks', 'oddWorks'];
export const ENTITIES_LANES: readonly EntitiesLane[] = ['groups', 'scholars'];
export const ALL_LANES: readonly Lane[] = [...WORKS_LANES, ...ENTITIES_LANES];

/** How much is to be recomputed, counted up to `most` of each. */
export async function countDirty(sql: Sql, most: number): Promise<{ days: number; entities: number }> {
  const [row] = await sql<{ days: number; entities: number }[]>`
    select (select count(*) from (select from usage_dirty_days limit ${most}) d) as days,
      (select count(*) from (select from usage_dirty_entities limit ${most}) e) as entities`;
  return row ?? { days: 0, entities: 0 };
}

/** Takes lanes, all or none that count, and the tables that hold what this transaction recomputes. */
export async function takeLanes(tx: TransactionSql, lanes: readonly Lane[]): Promise<boolean> {
  const keys = lanes.map((lane) => LANES[lane]);
  const rows = await tx<{ locked: boolean }[]>`
    select pg_try_advisory_xact_lock(key) as locked from unnest(${keys}::bigint[]) as key`;
  if (!rows.every(({ locked }) => locked)) return false;
  await tx`set local synchronous_commit = off`;
  await tx`set local work_mem = '64MB'`;
  await tx`create temp table if not exists roll_days (work_id bigint not null, day date not null) on commit delete rows`;
  return true;
}

/** Takes marks of work-days, of all works or of a half; a failure gives them back. Null when there are none, else the range of days they span. */
export async function takeDays(
  tx: TransactionSql,
  limit: number,
  half: WorksLane | null,
): Promise<{ days: number; from: string; until: string } | null> {
  const ofHalf = half === null ? tx`` : tx`where work_id % 2 = ${half === 'evenWorks' ? 0 : 1}`;
  await tx`
    with taken as (
      delete from usage_dirty_days
      where ctid = any(array(select ctid from usage_dirty_days ${ofHalf} limit ${limit}))
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

/**
 * Tells the planner how large the roll-ups of works have become; joins take a third of the time then. The arrays of
 * countries are left out: no plan depends on them, and looking into them takes longer than all the rest. What another
 * transaction is just looking at is not waited for.
 */
export async function refreshStatistics(sql: Sql | TransactionSql): Promise<void> {
  await sql`
    analyze (skip_locked) usage_work_days (work_id, day), usage_work_periods (work_id, grain, period), work_entities`;
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

/** Takes marks of people, organisations and countries, all or of one lane; answers how many. Who is gone has no kind. */
export async function takeEntities(
  tx: TransactionSql,
  limit: number,
  lane: EntitiesLane | null,
): Promise<number> {
  await tx`create temp table if not exists roll_entity_days (entity_id bigint not null, day date not null, kind text not null) on commit delete rows`;
  const ofLane =
    lane === null
      ? tx`select ctid from usage_dirty_entities`
      : tx`
          select d.ctid from usage_dirty_entities d left join entities e using (entity_id)
          where (e.kind = 'scholar') ${lane === 'scholars' ? tx`is true` : tx`is not true`}`;
  const rows = await tx`
    with taken as (
      delete from usage_dirty_entities
      where ctid = any(array(${ofLane} limit ${limit}))
      returning entity_id, day
    )
    insert into roll_entity_days
    select distinct t.entity_id, t.day, case when t.entity_id = 0 then 'country' else coalesce(e.kind, 'gone') end
    from taken t left join entities e using (entity_id)`;
  if (rows.count > 0) await tx`analyze roll_entity_days`;
  return rows.count;
}
