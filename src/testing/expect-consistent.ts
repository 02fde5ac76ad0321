import assert from 'node:assert/strict';
import type { Sql } from '../platform/database/index.ts';

/**
 * Recomputes every stored figure of usage from the facts, and whom works count for from the records, in one statement a
 * figure that shares nothing with production but the tables, and fails when anything differs (specification `usage` §4.8).
 * Nothing may be dirty: call it when the queue is empty and the roller idle.
 */
export async function expectConsistent(sql: Sql): Promise<void> {
  for (const [what, query] of Object.entries(differences)) {
    const rows = await sql.unsafe(`with ${recomputed} ${query} limit 5`);
    assert.deepEqual([...rows], [], `${what} differ from what is recomputed`);
  }
}

/** Clicks by looping over pairs, sessions by looking for an earlier one: slow and as the rules are worded. */
const recomputed = `
  valid as materialized (
    select e.* from usage_events e
    where kind in ('r', 'i') and status in (0, 200, 304) and excluded & 3 = 0
      and not exists (select from usage_agents a where a.agent_id = e.agent_id and a.robot)
  ), kept as materialized (
    select * from valid v
    where excluded & 4 = 0 and not exists (
      select from valid n
      where n.work_id = v.work_id and n.day = v.day and n.click = v.click and n.kind = v.kind
        and (n.ms, n.identity) > (v.ms, v.identity) and n.ms - v.ms <= 30000)
  ), counted as (
    select work_id, day, country, kind = 'r' as request,
      kind = 'r' and not exists (select from kept e where (e.work_id, e.day, e.session, e.kind) = (k.work_id, k.day, k.session, k.kind)
        and (e.ms, e.identity) < (k.ms, k.identity)) as new_request,
      not exists (select from kept e where (e.work_id, e.day, e.session) = (k.work_id, k.day, k.session)
        and (e.ms, e.identity) < (k.ms, k.identity)) as new_session
    from kept k
  ), days as materialized (
    select work_id, day, country, count(*) filter (where request)::bigint as total_item_requests,
      count(*) filter (where new_request)::bigint as unique_item_requests, count(*)::bigint as total_item_investigations,
      count(*) filter (where new_session)::bigint as unique_item_investigations
    from counted group by work_id, day, country
  ), subjects as (
    select d.*, w.entity_id from days d join work_entities w using (work_id)
    union all
    select d.*, -1 - d.country from days d
  ), grains (grain, unit) as (
    values ('d', 'day'), ('m', 'month'), ('y', 'year'), ('t', null)
  ), work_periods as (
    select work_id, coalesce(date_trunc(unit, day)::date, '1970-01-01') as period, grain, coalesce(country, -1) as country,
      sum(total_item_requests), sum(unique_item_requests), sum(total_item_investigations), sum(unique_item_investigations)
    from days cross join grains where grain <> 'd'
    group by grouping sets ((work_id, 2, grain, country), (work_id, 2, grain))
  ), entity_periods as (
    select entity_id, coalesce(date_trunc(unit, day)::date, '1970-01-01') as period, grain, coalesce(country, -1) as country,
      sum(total_item_requests), sum(unique_item_requests), sum(total_item_investigations), sum(unique_item_investigations)
    from subjects cross join grains
    group by grouping sets ((entity_id, 2, grain, country), (entity_id, 2, grain))
    -- Only partners keep countries.
    having grouping(country) = 1 or entity_id in (select entity_id from entities where kind = 'partner')
  ), live as (
    select * from publication_records where not deleted
  ), whom as (
    select r.work_id, i.entity_id
    from live r cross join jsonb_array_elements(r.body -> 'partners') p
    join entity_ids i on i.kind = 'partner' and i.value = p ->> 'id'
    union
    select u.work_id, i.entity_id
    from work_usage_partners u join entity_ids i on i.kind = 'partner' and i.value = u.partner_id
    where not exists (select from live r where r.work_id = u.work_id)
    union
    select r.work_id, i.entity_id
    from live r join author_ids a on a.record_key = r.key and a.counts
    join entity_ids i on i.kind = 'scholar' and i.value = a.value
  )`;

/** Rows of one side that the other has not, with the side that has them. */
function eitherWay(stored: string, expected: string): string {
  return `, stored as (${stored}), expected as (${expected})
    select 'stored' as side, s.* from (select * from stored except all select * from expected) s
    union all
    select 'expected', e.* from (select * from expected except all select * from stored) e`;
}

const metrics =
  'total_item_requests, unique_item_requests, total_item_investigations, unique_item_investigations';

const partners = `usage_entity_periods where entity_id in (select entity_id from entities where kind = 'partner')`;

/** The stored rows of a table, taken apart into a row for each country. */
function cells(keys: string, table: string): string {
  const pick = metrics
    .split(', ')
    .map((metric, at) => `coalesce(countries[i][${at + 2}], ${metric})::bigint`)
    .join(', ');
  return `select ${keys}, coalesce(countries[i][1], country)::bigint, ${pick}
    from (select *, generate_series(1, coalesce(array_length(countries, 1), 1)) as i from ${table}) c`;
}

/** The same, and a row (country -1) for all of them. */
function withTotals(keys: string, table: string): string {
  const totals = metrics.replaceAll(/(\w+)/g, '$1::bigint');
  return `${cells(keys, table)} union all select ${keys}, -1::bigint, ${totals} from ${table}`;
}

const differences: Record<string, string> = {
  'marks (something is still dirty):':
    'select work_id, day from usage_dirty_days union all select entity_id, day from usage_dirty_entities',
  'work-days': eitherWay(
    cells('work_id, day', 'usage_work_days'),
    `select work_id, day, country::bigint, ${metrics} from days`,
  ),
  'months, years and totals of works': eitherWay(
    withTotals('work_id, period, grain::text', 'usage_work_periods'),
    'select * from work_periods',
  ),
  'figures of scholars, partners and countries': eitherWay(
    `${withTotals('entity_id, period, grain::text', partners)}
     union all select entity_id, period, grain::text, -1::bigint, ${metrics} from usage_entity_periods
       where entity_id not in (select entity_id from entities where kind = 'partner')
     union all select entity_id, period, 'm', -1::bigint, ${metrics} from usage_scholar_months
     union all select entity_id, period + days[i][1] - 1, 'd', -1::bigint, days[i][2], days[i][3], days[i][4], days[i][5]
       from (select *, generate_subscripts(days, 1) as i from usage_scholar_months) m`,
    'select * from entity_periods',
  ),
  'roll-ups whose countries are not packed as they should be (none inside for a single one, in order):': [
    'usage_work_days',
    'usage_work_periods',
    partners,
  ]
    .map(
      (
        table,
      ) => `select to_jsonb(p) as row from (select * from ${table}) p where (country = -1) <> (countries is not null)
        or array_length(countries, 1) < 2 or (country <> -1 and countries is not null)
        or exists (select from generate_subscripts(countries, 1) i where countries[i - 1][1] >= countries[i][1])`,
    )
    .join(' union all '),
  'whom works count for': eitherWay('select work_id, entity_id from work_entities', 'select * from whom'),
  'counters of events': eitherWay(
    'select events from usage_state',
    'select count(*)::bigint from usage_events where excluded & 4 = 0',
  ),
  'counters of works': eitherWay(
    'select works, unknown_works from works_state',
    'select count(*)::bigint, (count(*) filter (where not exists (select from live r where r.work_id = w.work_id)))::bigint from works w',
  ),
  'live records of works': eitherWay(
    'select work_id, live_records::bigint from works',
    'select work_id, (select count(*) from live r where r.work_id = w.work_id) from works w',
  ),
  'identities (an event is stored twice):':
    'select identity from usage_events where excluded & 4 = 0 group by identity having count(*) > 1',
  'events of the first 30 s of a day and their shadows': eitherWay(
    'select identity, work_id, day, ms, agent_id, country, status, kind::text, session from usage_events where excluded & 4 <> 0',
    `select identity, work_id, day - 1, ms + 86400000, agent_id, country, status, kind::text, session
     from usage_events where excluded & 4 = 0 and ms <= 30000`,
  ),
  'works of facts, identifiers, records and authors (some is missing):': `
    select work_id from usage_events union select work_id from work_identifiers union select work_id from live
    union select work_id from author_ids union select work_id from work_usage_partners
    except select work_id from works`,
  'works without an identifier': 'select work_id from works except select work_id from work_identifiers',
  'works of authors and of their records': `
    select a.record_key from author_ids a left join live r on r.key = a.record_key and r.work_id = a.work_id where r.key is null`,
  'ids of people and the ids of live records': eitherWay(
    `select value from entity_ids where kind = 'scholar'`,
    'select distinct value from author_ids',
  ),
  'people and organisations and their ids': eitherWay(
    'select entity_id from entities',
    'select distinct entity_id from entity_ids',
  ),
  'ids of one name (they lead to several people):': `
    select a.record_key from author_ids a join entity_ids i on i.key = a.key
    group by a.record_key, a.author_no having count(distinct i.entity_id) > 1`,
};
