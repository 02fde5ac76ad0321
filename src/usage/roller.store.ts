import type { Sql, TransactionSql } from 'postgres';
import { ALL_COUNTRIES } from './country-number.ts';

// SQL of the roll-ups: pure functions of the facts, recomputed as wholes. All run in the roller's transaction.

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
  await tx`create temp table if not exists roll_days (work_id bigint not null, day date not null) on commit delete rows`;
  await tx`create temp table if not exists roll_entities (entity_id bigint not null, day date not null) on commit delete rows`;
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

/** Marks the days of people, organisations and countries that recomputed work-days count for. */
export async function markEntities(tx: TransactionSql): Promise<void> {
  await tx`insert into usage_dirty_entities (entity_id, day) select distinct entity_id, day from roll_entities`;
}

/** Takes marks of people, organisations and countries; answers how many distinct days there are. */
export async function takeEntities(tx: TransactionSql, limit: number): Promise<number> {
  await tx`create temp table if not exists roll_entity_days (entity_id bigint not null, day date not null, kind text not null) on commit delete rows`;
  const rows = await tx`
    with taken as (
      delete from usage_dirty_entities
      where ctid = any(array(select ctid from usage_dirty_entities limit ${limit}))
      returning entity_id, day
    )
    insert into roll_entity_days
    select distinct t.entity_id, t.day, coalesce(e.kind, 'country') from taken t left join entities e using (entity_id)`;
  if (rows.count > 0) await tx`analyze roll_entity_days`;
  return rows.count;
}

/**
 * Work-days from facts (COUNTER R5.1, specification §4): a click that another of the same who, kind and URL follows
 * within 30.000 s is removed; sessions are counted once, in the country of their first kept click.
 * The range of days lets the planner leave other months' partitions out.
 */
export async function recomputeWorkDays(tx: TransactionSql, from: string, until: string): Promise<void> {
  // Whom a changed day counts for: the countries it had before and has after, and the work's people and organisations.
  await tx`
    insert into roll_entities
    select distinct -1 - w.country, d.day from roll_days d join usage_work_days w using (work_id, day)`;
  await tx`delete from usage_work_days w using roll_days d where w.work_id = d.work_id and w.day = d.day`;
  await tx`
    with valid as (
      select e.work_id, e.day, e.country, e.kind, e.session, e.ms, e.identity, e.excluded & 4 as shadow,
        lead(e.ms) over (partition by e.work_id, e.day, e.click, e.kind order by e.ms, e.identity) as next_ms
      from roll_days d
      join usage_events e on e.work_id = d.work_id and e.day = d.day
      left join usage_agents a on a.agent_id = e.agent_id
      where e.day between ${from} and ${until}
        and e.kind in ('r', 'i') and e.status in (0, 200, 304) and e.excluded & 3 = 0 and a.robot is not true
    ), kept as (
      select work_id, day, country, kind, session, ms, identity
      from valid
      where shadow = 0 and (next_ms is null or next_ms - ms > 30000)
    ), placed as (
      select work_id, day, country, kind,
        row_number() over (partition by work_id, day, session order by ms, identity) = 1 as first_click,
        row_number() over (partition by work_id, day, session, kind order by ms, identity) = 1 as first_of_kind
      from kept
    )
    insert into usage_work_days
    select work_id, day, country,
      count(*) filter (where kind = 'r'), count(*) filter (where kind = 'r' and first_of_kind),
      count(*), count(*) filter (where first_click)
    from placed
    group by work_id, day, country`;
  await tx`
    insert into roll_entities
    select distinct -1 - w.country, d.day from roll_days d join usage_work_days w using (work_id, day)`;
  await tx`
    insert into roll_entities
    select distinct e.entity_id, d.day from roll_days d join work_entities e using (work_id)`;
}

/** Months from days, years from months, the total from years; per country and over all countries. */
export async function recomputeWorkPeriods(tx: TransactionSql): Promise<void> {
  // Keys in a table of their own, with statistics: of a subquery's keys the planner expects too few, and reads whole tables.
  await tx`create temp table if not exists roll_work_periods (work_id bigint not null, grain "char" not null, period date not null) on commit delete rows`;
  await tx`
    insert into roll_work_periods
    select distinct work_id, 'm'::"char", date_trunc('month', day)::date from roll_days
    union all
    select distinct work_id, 'y'::"char", date_trunc('year', day)::date from roll_days
    union all
    select distinct work_id, 't'::"char", date '1970-01-01' from roll_days`;
  await tx`analyze roll_work_periods`;
  await tx`
    delete from usage_work_periods p using roll_work_periods d
    where p.work_id = d.work_id and p.grain = d.grain and p.period = d.period`;
  await tx`
    insert into usage_work_periods
    select d.work_id, d.period, 'm', coalesce(w.country, ${ALL_COUNTRIES}), ${sums(tx)}
    from roll_work_periods d
    join usage_work_days w
      on w.work_id = d.work_id and w.day >= d.period and w.day < (d.period + interval '1 month')::date
    where d.grain = 'm'
    group by grouping sets ((d.work_id, d.period, w.country), (d.work_id, d.period))`;
  await tx`
    insert into usage_work_periods
    select d.work_id, d.period, 'y', w.country, ${sums(tx)}
    from roll_work_periods d
    join usage_work_periods w
      on w.work_id = d.work_id and w.grain = 'm' and w.period >= d.period and w.period < (d.period + interval '1 year')::date
    where d.grain = 'y'
    group by d.work_id, d.period, w.country`;
  await tx`
    insert into usage_work_periods
    select d.work_id, d.period, 't', w.country, ${sums(tx)}
    from roll_work_periods d
    join usage_work_periods w on w.work_id = d.work_id and w.grain = 'y'
    where d.grain = 't'
    group by d.work_id, d.period, w.country`;
}

/**
 * Days of people, organisations and countries from work-days, then their months, years and totals. Scholars have no days
 * by country: there would be more of them than events, and few ask; their months by country come from their works' months.
 */
export async function recomputeEntities(tx: TransactionSql): Promise<void> {
  await recomputeEntityDays(tx);
  await recomputeEntityPeriods(tx);
}

/** The four metrics, summed; in the order of the columns. */
const sums = (tx: TransactionSql) =>
  tx`sum(total_item_requests), sum(unique_item_requests), sum(total_item_investigations), sum(unique_item_investigations)`;

async function recomputeEntityDays(tx: TransactionSql): Promise<void> {
  await tx`
    delete from usage_entity_periods p using roll_entity_days d
    where p.entity_id = d.entity_id and p.grain = 'd' and p.period = d.day`;
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.day, 'd', ${ALL_COUNTRIES}, ${sums(tx)}
    from roll_entity_days d
    join work_entities e on e.entity_id = d.entity_id
    join usage_work_days w on w.work_id = e.work_id and w.day = d.day
    where d.kind = 'scholar'
    group by d.entity_id, d.day`;
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.day, 'd', coalesce(w.country, ${ALL_COUNTRIES}), ${sums(tx)}
    from roll_entity_days d
    join work_entities e on e.entity_id = d.entity_id
    join usage_work_days w on w.work_id = e.work_id and w.day = d.day
    where d.kind = 'partner'
    group by grouping sets ((d.entity_id, d.day, w.country), (d.entity_id, d.day))`;
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.day, 'd', ${ALL_COUNTRIES}, ${sums(tx)}
    from roll_entity_days d
    join usage_work_days w on w.day = d.day and w.country = -1 - d.entity_id
    where d.kind = 'country'
    group by d.entity_id, d.day`;
}

/** Keys of the months, years and totals that days belong to, with statistics; their old rows go. */
async function takeEntityPeriods(tx: TransactionSql): Promise<void> {
  await tx`create temp table if not exists roll_entity_periods (entity_id bigint not null, grain "char" not null, period date not null, kind text not null) on commit delete rows`;
  await tx`
    insert into roll_entity_periods
    select distinct entity_id, 'm'::"char", date_trunc('month', day)::date, kind from roll_entity_days
    union all
    select distinct entity_id, 'y'::"char", date_trunc('year', day)::date, kind from roll_entity_days
    union all
    select distinct entity_id, 't'::"char", date '1970-01-01', kind from roll_entity_days`;
  await tx`analyze roll_entity_periods`;
  await tx`
    delete from usage_entity_periods p using roll_entity_periods d
    where p.entity_id = d.entity_id and p.grain = d.grain and p.period = d.period`;
}

/**
 * Months by country of scholars, from those of their works. Joined in two steps, the first with statistics: in one
 * statement the planner took 10,000 work-months for a few, and needed 9.7 s for what takes 0.2 s.
 */
async function recomputeScholarMonths(tx: TransactionSql): Promise<void> {
  await tx`create temp table if not exists roll_scholar_months (work_id bigint not null, period date not null, entity_id bigint not null) on commit delete rows`;
  await tx`
    insert into roll_scholar_months
    select e.work_id, d.period, d.entity_id
    from roll_entity_periods d join work_entities e on e.entity_id = d.entity_id
    where d.grain = 'm' and d.kind = 'scholar'
    order by e.work_id, d.period`;
  await tx`analyze roll_scholar_months`;
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.period, 'm', w.country, ${sums(tx)}
    from roll_scholar_months d
    join usage_work_periods w on w.work_id = d.work_id and w.grain = 'm' and w.period = d.period and w.country >= 0
    group by d.entity_id, d.period, w.country`;
}

async function recomputeEntityPeriods(tx: TransactionSql): Promise<void> {
  await takeEntityPeriods(tx);
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.period, 'm', p.country, ${sums(tx)}
    from roll_entity_periods d
    join usage_entity_periods p
      on p.entity_id = d.entity_id and p.grain = 'd' and p.period >= d.period and p.period < (d.period + interval '1 month')::date
    where d.grain = 'm'
    group by d.entity_id, d.period, p.country`;
  await recomputeScholarMonths(tx);
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.period, 'y', p.country, ${sums(tx)}
    from roll_entity_periods d
    join usage_entity_periods p
      on p.entity_id = d.entity_id and p.grain = 'm' and p.period >= d.period and p.period < (d.period + interval '1 year')::date
    where d.grain = 'y'
    group by d.entity_id, d.period, p.country`;
  await tx`
    insert into usage_entity_periods
    select d.entity_id, d.period, 't', p.country, ${sums(tx)}
    from roll_entity_periods d
    join usage_entity_periods p on p.entity_id = d.entity_id and p.grain = 'y'
    where d.grain = 't'
    group by d.entity_id, d.period, p.country`;
}
