import type { TransactionSql } from 'postgres';
import { ALL_COUNTRIES } from './country-number.ts';
import { byCountry, type Fragment, figureColumns, metricSums, packed } from './packed-figures.store.ts';

// SQL of the roll-ups of scholars, partners and countries, from those of works. `roll_entity_days` holds the keys.

/** Days of partners and countries and months of scholars from work-days, then all that is longer. */
export async function recomputeEntities(tx: TransactionSql): Promise<void> {
  await takePeriods(tx);
  await recomputePartnerDays(tx);
  await recomputeCountryDays(tx);
  await recomputeScholarMonths(tx);
  for (const grain of ['m', 'y', 't'] as const) {
    await recomputePeriods(tx, 'partner', grain);
    await recomputePeriods(tx, 'country', grain);
  }
  await recomputeScholarYears(tx);
  await recomputePeriods(tx, 'scholar', 't');
}

/** Keys of the days, months, years and totals, with statistics; their old rows go, of whatever kind they were. */
async function takePeriods(tx: TransactionSql): Promise<void> {
  await tx`create temp table if not exists roll_entity_periods (entity_id bigint not null, grain "char" not null, period date not null, kind text not null) on commit delete rows`;
  await tx`
    insert into roll_entity_periods
    select distinct entity_id, 'd'::"char", day, kind from roll_entity_days where kind <> 'scholar'
    union all
    select distinct entity_id, 'm'::"char", date_trunc('month', day)::date, kind from roll_entity_days
    union all
    select distinct entity_id, 'y'::"char", date_trunc('year', day)::date, kind from roll_entity_days
    union all
    select distinct entity_id, 't'::"char", date '1970-01-01', kind from roll_entity_days`;
  await tx`analyze roll_entity_periods`;
  await tx`
    delete from usage_entity_periods p using roll_entity_periods d
    where p.entity_id = d.entity_id and p.grain = d.grain and p.period = d.period`;
  await tx`
    delete from usage_entity_periods p using roll_entity_periods d
    where d.kind = 'country' and p.entity_id < 0 and p.grain = d.grain and p.period = d.period`;
  await tx`
    delete from usage_scholar_months p using roll_entity_periods d
    where p.entity_id = d.entity_id and d.grain = 'm' and p.period = d.period`;
}

const KEYS = (tx: TransactionSql): Fragment => tx`entity_id, grain, period`;

/** What it costs to look up a work on a day, to read a work-day, and to read who a work counts for; only their ratio matters. */
const COST = { lookup: 3, workDay: 1.5, membership: 0.2 };

/**
 * Whether all work-days of the partners' dirty days are read, or each work of a partner is looked up on each of its days. Two
 * partners of 5,000 works on 30 days are 300,000 lookups, and may have had 1,000 work-days; one of 20 works on one day
 * of 30,000 work-days is the other case.
 */
async function readsWholeDays(tx: TransactionSql): Promise<boolean> {
  const [asked] = await tx<{ lookups: number; memberships: number }[]>`
    select coalesce(sum(p.days * w.works), 0)::bigint as lookups,
      (select greatest(reltuples, 0)::bigint from pg_class where oid = 'work_entities'::regclass) as memberships
    from (
      select entity_id, count(*) as days from roll_entity_periods where kind = 'partner' and grain = 'd' group by entity_id
    ) p
    cross join lateral (select count(*) as works from work_entities e where e.entity_id = p.entity_id) w`;
  const { lookups, memberships } = asked ?? { lookups: 0, memberships: 0 };
  const most = Math.floor((COST.lookup * lookups - COST.membership * memberships) / COST.workDay);
  if (most <= 0) return false;
  const [counted] = await tx<{ few: boolean }[]>`
    select count(*) < ${most} as few from (
      select from usage_work_days
      where work_id > 0 and day = any(array(select distinct period from roll_entity_periods where kind = 'partner' and grain = 'd'))
      limit ${most}
    ) days`;
  return counted?.few ?? false;
}

async function recomputePartnerDays(tx: TransactionSql): Promise<void> {
  const whole = await readsWholeDays(tx);
  const rows = whole
    ? tx`
        select d.entity_id, d.grain, d.period, ${figureColumns(tx)}
        from usage_work_days w
        join work_entities e on e.work_id = w.work_id and e.kind = 'partner'
        join roll_entity_periods d on d.entity_id = e.entity_id and d.period = w.day
        where d.kind = 'partner' and d.grain = 'd'
          and w.work_id > 0 and w.day = any(array(select distinct period from roll_entity_periods where kind = 'partner' and grain = 'd'))`
    : tx`
        select d.entity_id, d.grain, d.period, ${figureColumns(tx)}
        from roll_entity_periods d
        join work_entities e on e.entity_id = d.entity_id
        join usage_work_days w on w.work_id = e.work_id and w.day = d.period
        where d.kind = 'partner' and d.grain = 'd'`;
  // Only hash joins go by work and day at once: the planner, which takes 120 dirty days for four, once compared 52 million pairs.
  if (whole) await tx`set local enable_nestloop = off`;
  if (whole) await tx`set local enable_mergejoin = off`;
  await tx`
    insert into usage_entity_periods (${KEYS(tx)}, ${figureColumns(tx)})
    ${packed(tx, KEYS(tx), byCountry(tx, KEYS(tx), rows))}`;
  await tx`set local enable_nestloop = on`;
  await tx`set local enable_mergejoin = on`;
}

async function recomputeCountryDays(tx: TransactionSql): Promise<void> {
  const rows = tx`
    select d.period, ${figureColumns(tx)}
    from roll_entity_periods d
    join usage_work_days w on w.work_id > 0 and w.day = d.period
    where d.kind = 'country' and d.grain = 'd'`;
  await tx`
    insert into usage_entity_periods (entity_id, period, grain, country, total_item_requests, unique_item_requests,
      total_item_investigations, unique_item_investigations)
    select -1 - country, period, 'd', ${ALL_COUNTRIES}, ${metricSums(tx)}
    from (${byCountry(tx, tx`period`, rows)}) cells
    group by country, period`;
}

/**
 * Months of scholars as wholes, their days inside. In two steps, the first with statistics: in one
 * statement the planner took 10,000 works for a few, and needed 9.7 s for what takes 0.2 s.
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
    insert into usage_scholar_months (entity_id, period, total_item_requests, unique_item_requests, total_item_investigations,
      unique_item_investigations, days)
    select entity_id, period, ${metricSums(tx)},
      array_agg(array[extract(day from day)::bigint, total_item_requests, unique_item_requests, total_item_investigations,
        unique_item_investigations] order by day)
    from (
      select d.entity_id, d.period, w.day, ${metricSums(tx)}
      from roll_scholar_months d
      join usage_work_days w
        on w.work_id = d.work_id and w.day >= d.period and w.day < (d.period + interval '1 month')::date
      group by d.entity_id, d.period, w.day
    ) days
    group by entity_id, period`;
}

async function recomputeScholarYears(tx: TransactionSql): Promise<void> {
  await tx`
    insert into usage_entity_periods (${KEYS(tx)}, ${figureColumns(tx)})
    select d.entity_id, d.grain, d.period, ${metricSums(tx)}, ${ALL_COUNTRIES}, null
    from roll_entity_periods d
    join usage_scholar_months m
      on m.entity_id = d.entity_id and m.period >= d.period and m.period < (d.period + interval '1 year')::date
    where d.grain = 'y' and d.kind = 'scholar'
    group by d.entity_id, d.grain, d.period`;
}

const FINER = { m: 'd', y: 'm', t: 'y' } as const;
const LENGTH = { m: '1 month', y: '1 year', t: null } as const;

/** Months from days, years from months, the total from years. Only partners have countries inside. */
async function recomputePeriods(
  tx: TransactionSql,
  kind: 'scholar' | 'partner' | 'country',
  grain: 'm' | 'y' | 't',
): Promise<void> {
  const length = LENGTH[grain];
  const rows = tx`
    select p.entity_id, d.grain, d.period, p.total_item_requests, p.unique_item_requests, p.total_item_investigations,
      p.unique_item_investigations, p.country, p.countries || '{}' as countries
    from roll_entity_periods d
    join usage_entity_periods p
      on ${kind === 'country' ? tx`p.entity_id < 0` : tx`p.entity_id = d.entity_id`} and p.grain = ${FINER[grain]}
      ${length === null ? tx`` : tx`and p.period >= d.period and p.period < (d.period + ${length}::interval)::date`}
    where d.kind = ${kind} and d.grain = ${grain}
    -- Not merged into the statement around it: a long array would be unpacked anew for each of its countries.
    offset 0`;
  const columns = tx`${KEYS(tx)}, ${figureColumns(tx)}`;
  if (kind !== 'partner') {
    await tx`
      insert into usage_entity_periods (${columns})
      select ${KEYS(tx)}, ${metricSums(tx)}, ${ALL_COUNTRIES}, null from (${rows}) r group by ${KEYS(tx)}`;
    return;
  }
  await tx`
    insert into usage_entity_periods (${columns})
    ${packed(tx, KEYS(tx), byCountry(tx, KEYS(tx), rows))}`;
}
