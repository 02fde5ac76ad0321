import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres';
import { LAST_COUNTING } from './relations.ts';

// SQL of the totals: pure functions of the events, recomputed as wholes, or moved where they are of many events, in the
// roller's transaction.

/** Advisory lock of the roller of events (held for a transaction). */
const ROLL_LANE = 7_301_003;

/** Events of one total above which its days and its other ends are stored, and it is moved by changes. */
export const MANY_EVENTS = 200;

/** Larger sums, of numbers that are no counts, are cut: every number in an answer is exact in JSON. */
export const LARGEST = Number.MAX_SAFE_INTEGER;

/** Rows of one total. */
export const isSame = (tx: TransactionSql, a: string, b: string) =>
  tx.unsafe(
    `${a}.work_id = ${b}.work_id and ${a}.source_id = ${b}.source_id and ${a}.relation_id = ${b}.relation_id`,
  );

export async function isAnythingDirty(sql: Sql | TransactionSql): Promise<boolean> {
  const [row] = await sql<{ dirty: boolean }[]>`select exists (select from event_dirty) as dirty`;
  return row?.dirty ?? false;
}

/** Takes the lane of this transaction, which must see one state of the tables all along (`repeatable read`). */
export async function takeRollLane(tx: TransactionSql): Promise<boolean> {
  const [row] = await tx<{ locked: boolean }[]>`select pg_try_advisory_xact_lock(${ROLL_LANE}) as locked`;
  if (!row?.locked) return false;
  await tx`set local synchronous_commit = off`;
  await tx`
    create temp table if not exists roll_totals
      (work_id bigint not null, source_id smallint not null, relation_id smallint not null, whole boolean not null,
        fresh boolean not null)
    on commit delete rows`;
  await tx`
    create temp table if not exists roll_changes
      (work_id bigint not null, source_id smallint not null, relation_id smallint not null, other bigint not null,
        at timestamptz not null, total bigint not null, sign smallint not null, cumulative boolean not null)
    on commit delete rows`;
  return true;
}

/**
 * Takes the oldest marks, so that what is settled is settled in order, and all others of their totals: what is recomputed
 * as a whole has those events already. Answers how many they are, and how many totals they name.
 */
export async function takeMarks(
  tx: TransactionSql,
  limit: number,
): Promise<{ totals: number; marks: number }> {
  // How many marks there are changes too fast for the planner to know, and a backlog joined by a nested loop never ends.
  await tx`set local enable_nestloop = off`;
  const [{ totals, marks } = { totals: 0, marks: 0 }] = await tx<{ totals: number; marks: number }[]>`
    with named as (
      select distinct work_id, source_id, relation_id
      from (select work_id, source_id, relation_id from event_dirty order by seq limit ${limit}) m
    ), taken as (
      delete from event_dirty d using named n where ${isSame(tx, 'd', 'n')} returning d.*
    ), changes as (
      insert into roll_changes
      select work_id, source_id, relation_id, other, at, total, sign, cumulative from taken where other is not null
      returning 1
    ), totals as (
      insert into roll_totals
      select work_id, source_id, relation_id, bool_or(other is null), bool_and(coalesce(sign, 0) > 0) from taken group by 1, 2, 3
      returning 1
    )
    select (select count(*) from totals) + 0 * (select count(*) from changes) as totals, (select count(*) from taken) as marks`;
  await tx`set local enable_nestloop = on`;
  // Without statistics the planner expects a few keys and joins by nested loops.
  if (totals > 0) await tx`analyze roll_totals, roll_changes`;
  return { totals, marks };
}

/** Gives the space of marks that were taken to the next ones: under a load that never ends it would grow by a mark an event. */
export async function sweepMarks(sql: Sql): Promise<void> {
  await sql`vacuum (truncate false) event_dirty`;
}

/**
 * How each total is to be had: a fresh one from its first events alone, one of many events by moving it, any other from all of
 * its (few) events. Answers how many totals there are of each sort.
 */
export async function sortTotals(
  tx: TransactionSql,
): Promise<{ whole: number; fresh: number; moved: number }> {
  await tx`
    update roll_totals r
    set whole = r.whole or not t.hot or t.increments >= ${LARGEST} or coalesce(t.snapshot, 0) >= ${LARGEST}, fresh = false
    from event_totals t
    where ${isSame(tx, 't', 'r')}`;
  await tx`update roll_totals set whole = true where not fresh and not whole and not exists (
    select from event_totals t where ${isSame(tx, 't', 'roll_totals')})`;
  const [row] = await tx<{ whole: number; fresh: number; moved: number }[]>`
    select count(*) filter (where whole) as whole, count(*) filter (where fresh) as fresh,
      count(*) filter (where not whole and not fresh) as moved
    from roll_totals`;
  return row ?? { whole: 0, fresh: 0, moved: 0 };
}

/**
 * Totals from events, as wholes. A relation that counts raises its object's total under its own number; others are counted for
 * both ends: as they are for the first, by the negative number for the second.
 */
export async function recomputeTotals(tx: TransactionSql): Promise<void> {
  await tx`delete from event_totals t using roll_totals d where d.whole and ${isSame(tx, 't', 'd')}`;
  await tx`delete from event_days t using roll_totals d where d.whole and ${isSame(tx, 't', 'd')}`;
  await tx`delete from event_subjects t using roll_totals d where d.whole and ${isSame(tx, 't', 'd')}`;
  await tx`with facts as (${factsOf(tx, tx`true`)}) ${insertTotals(tx)}`;
  const hot = tx`exists (select from event_totals t where ${isSame(tx, 't', 'd')} and t.hot)`;
  const [row] = await tx<{ hot: boolean }[]>`
    select exists (select from roll_totals d where d.whole and ${hot}) as hot`;
  if (row?.hot !== true) return;
  await tx`with facts as (${factsOf(tx, hot)}) ${insertDays(tx)}`;
  await tx`with facts as (${factsOf(tx, hot)}) ${insertSubjects(tx)}`;
}

/** Totals of which there was nothing: from the events that they gained. */
export async function beginTotals(tx: TransactionSql): Promise<void> {
  const gained = (condition: PendingQuery<Row[]>) => tx`
    select c.* from roll_changes c join roll_totals d on ${isSame(tx, 'c', 'd')} where d.fresh and ${condition}`;
  await tx`with facts as (${gained(tx`true`)}) ${insertTotals(tx)}`;
  const hot = tx`exists (select from event_totals t where ${isSame(tx, 't', 'd')} and t.hot)`;
  const [row] = await tx<{ hot: boolean }[]>`
    select exists (
      select from roll_changes c join roll_totals d on ${isSame(tx, 'c', 'd')} where d.fresh
      group by d.work_id, d.source_id, d.relation_id having count(*) > ${MANY_EVENTS}) as hot`;
  if (row?.hot !== true) return;
  await tx`with facts as (${gained(hot)}) ${insertDays(tx)}`;
  await tx`with facts as (${gained(hot)}) ${insertSubjects(tx)}`;
}

const insertTotals = (tx: TransactionSql) => tx`
  insert into event_totals (work_id, source_id, relation_id, increments, snapshot, events, subjects, first_at, last_at, hot,
    cumulative_events, rank)
  select *, case when relation_id between 1 and ${LAST_COUNTING} then increments + coalesce(snapshot, 0) end
  from (
    select work_id, source_id, relation_id, least(coalesce(sum(total) filter (where not cumulative), 0), ${LARGEST})::bigint as increments,
      case when bool_or(cumulative) then least(sum(total) filter (where cumulative), ${LARGEST})::bigint end as snapshot,
      count(*) as events, count(distinct other) as subjects, min(at), max(at), count(*) > ${MANY_EVENTS} as hot,
      count(*) filter (where cumulative) as cumulative_events
    from facts
    group by work_id, source_id, relation_id
  ) t`;

const insertDays = (tx: TransactionSql) => tx`
  insert into event_days (work_id, source_id, relation_id, day, increments, events)
  select work_id, source_id, relation_id, (at at time zone 'UTC')::date,
    least(coalesce(sum(total) filter (where not cumulative), 0), ${LARGEST}), count(*)
  from facts
  group by 1, 2, 3, 4`;

const insertSubjects = (tx: TransactionSql) => tx`
  insert into event_subjects (work_id, source_id, relation_id, other, events)
  select work_id, source_id, relation_id, other, count(*) from facts group by 1, 2, 3, 4`;

/** The live events of the totals that are recomputed and fulfil a condition on `d`. */
const factsOf = (tx: TransactionSql, condition: PendingQuery<Row[]>) => tx`
  select d.work_id, d.source_id, d.relation_id, e.from_work as other, e.total, e.flags & 2 <> 0 as cumulative, e.occurred_at as at
  from roll_totals d
  join events e on e.to_work = d.work_id and e.source_id = d.source_id and e.relation_id in (d.relation_id, -d.relation_id)
  where d.whole and e.state = 'l' and e.from_work <> e.to_work and (d.relation_id < 0 or d.relation_id <= ${LAST_COUNTING})
    and ${condition}
  union all
  select d.work_id, d.source_id, d.relation_id, e.to_work, e.total, e.flags & 2 <> 0, e.occurred_at
  from roll_totals d
  join events e on e.from_work = d.work_id and e.source_id = d.source_id and e.relation_id = d.relation_id
  where d.whole and e.state = 'l' and e.from_work <> e.to_work and d.relation_id > ${LAST_COUNTING}
    and ${condition}`;

/** Works with totals of each source, among those whose totals are recomputed. */
const worksOfSources = (tx: TransactionSql) => tx`
  select source_id, count(*) as works
  from (
    select distinct t.source_id, t.work_id
    from (select distinct source_id, work_id from roll_totals) d
    join event_totals t on t.work_id = d.work_id and t.source_id = d.source_id
    where t.relation_id > 0
  ) w
  group by 1`;

/** Counts the works whose totals are recomputed as gone from their sources (-1), and afterwards as come (1). */
export async function countWorks(tx: TransactionSql, sign: 1 | -1): Promise<void> {
  await tx`
    insert into event_source_works as s (source_id, works)
    select source_id, ${sign}::bigint * works from (${worksOfSources(tx)}) w
    on conflict (source_id) do update set works = s.works + excluded.works`;
}

/** Answers how many totals there are, roughly. */
export async function refreshStatistics(tx: TransactionSql): Promise<number> {
  await tx`analyze event_totals, events`;
  const [row] = await tx<{ totals: number }[]>`
    select reltuples::bigint as totals from pg_class where oid = 'event_totals'::regclass`;
  return row?.totals ?? 0;
}
