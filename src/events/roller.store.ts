import type { Sql, TransactionSql } from 'postgres';
import { LAST_COUNTING } from './relations.ts';

// SQL of the totals: pure functions of the events, recomputed as wholes in the roller's transaction.

/** Advisory lock of the roller of events (held for a transaction). */
const ROLL_LANE = 7_301_003;

/** Events of one total above which its days are stored. */
export const MANY_EVENTS = 200;

/** Larger sums, of numbers that are no counts, are cut: every number in an answer is exact in JSON. */
const LARGEST = Number.MAX_SAFE_INTEGER;

export async function isAnythingDirty(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ dirty: boolean }[]>`select exists (select from event_dirty) as dirty`;
  return row?.dirty ?? false;
}

export async function takeRollLane(tx: TransactionSql): Promise<boolean> {
  const [row] = await tx<{ locked: boolean }[]>`select pg_try_advisory_xact_lock(${ROLL_LANE}) as locked`;
  if (!row?.locked) return false;
  await tx`set local synchronous_commit = off`;
  await tx`
    create temp table if not exists roll_totals (work_id bigint not null, source_id smallint not null, relation_id smallint not null)
    on commit delete rows`;
  return true;
}

/** Takes the oldest marks, so that what is settled is settled in order; answers how many totals they name. */
export async function takeMarks(tx: TransactionSql, limit: number): Promise<number> {
  const rows = await tx`
    with taken as (
      delete from event_dirty
      where ctid = any(array(select ctid from event_dirty order by seq limit ${limit}))
      returning work_id, source_id, relation_id
    )
    insert into roll_totals select distinct work_id, source_id, relation_id from taken`;
  // Without statistics the planner expects a few keys and joins by nested loops.
  if (rows.count > 0) await tx`analyze roll_totals`;
  return rows.count;
}

/**
 * Totals from events. A relation that counts raises its object's total under its own number; others are counted for both
 * ends: as they are for the first, by the negative number for the second.
 */
export async function recomputeTotals(tx: TransactionSql): Promise<void> {
  await tx`
    delete from event_totals t using roll_totals d
    where t.work_id = d.work_id and t.source_id = d.source_id and t.relation_id = d.relation_id`;
  await tx`
    delete from event_days t using roll_totals d
    where t.work_id = d.work_id and t.source_id = d.source_id and t.relation_id = d.relation_id`;
  await tx`
    with facts as (
      select d.work_id, d.source_id, d.relation_id, e.from_work as other, e.total, e.flags & 2 <> 0 as cumulative, e.occurred_at
      from roll_totals d
      join events e on e.to_work = d.work_id and e.source_id = d.source_id
        and e.relation_id in (d.relation_id, -d.relation_id)
      where e.state = 'l' and e.from_work <> e.to_work
        and (d.relation_id < 0 or d.relation_id <= ${LAST_COUNTING})
      union all
      select d.work_id, d.source_id, d.relation_id, e.to_work, e.total, e.flags & 2 <> 0, e.occurred_at
      from roll_totals d
      join events e on e.from_work = d.work_id and e.source_id = d.source_id and e.relation_id = d.relation_id
      where e.state = 'l' and e.from_work <> e.to_work and d.relation_id > ${LAST_COUNTING}
    )
    insert into event_totals (work_id, source_id, relation_id, increments, snapshot, events, subjects, first_at, last_at)
    select work_id, source_id, relation_id, least(coalesce(sum(total) filter (where not cumulative), 0), ${LARGEST}),
      case when bool_or(cumulative) then least(sum(total) filter (where cumulative), ${LARGEST}) end, count(*), count(distinct other), min(occurred_at), max(occurred_at)
    from facts
    group by work_id, source_id, relation_id`;
  await tx`
    insert into event_days (work_id, source_id, relation_id, day, increments, events)
    select d.work_id, d.source_id, d.relation_id, (e.occurred_at at time zone 'UTC')::date,
      least(coalesce(sum(e.total) filter (where e.flags & 2 = 0), 0), ${LARGEST}), count(*)
    from roll_totals d
    join event_totals t on t.work_id = d.work_id and t.source_id = d.source_id and t.relation_id = d.relation_id
    join events e on e.to_work = d.work_id and e.source_id = d.source_id and e.relation_id = d.relation_id
    where d.relation_id > 0 and t.events > ${MANY_EVENTS} and e.state = 'l' and e.from_work <> e.to_work
    group by 1, 2, 3, 4`;
}

export async function refreshStatistics(tx: TransactionSql): Promise<void> {
  await tx`analyze event_totals, events`;
}
