import assert from 'node:assert/strict';
import type { Sql } from '../platform/database/index.ts';

/**
 * Recomputes every stored figure of events from the events, by statements that share nothing with production but the tables,
 * and fails when anything differs. Nothing may be dirty.
 */
export async function expectEventsConsistent(sql: Sql): Promise<void> {
  for (const [what, query] of Object.entries(differences)) {
    const rows = await sql.unsafe(`${query} limit 5`);
    assert.deepEqual([...rows], [], `${what} differ from what is recomputed`);
  }
}

const either = (stored: string, expected: string): string => `
  select 'stored' as side, s.* from (${stored} except all ${expected}) s
  union all
  select 'expected', e.* from (${expected} except all ${stored}) e`;

/** Whether the total of an event has more than 200 events. */
const manyOf = (event: string): string => `(${event}.to_work, ${event}.source_id, ${event}.relation_id) in (
  select to_work, source_id, relation_id from events where state = 'l' and from_work <> to_work group by 1, 2, 3 having count(*) > 200)`;

const differences: Record<string, string> = {
  'marks (something is still dirty):': 'select work_id from event_dirty',
  totals: either(
    'select work_id, source_id, relation_id, increments, snapshot, events, subjects, first_at, last_at from event_totals where relation_id between 1 and 13',
    `select to_work, source_id, relation_id, coalesce(sum(case when flags & 2 = 0 then total end), 0)::bigint, sum(case when flags & 2 <> 0 then total end)::bigint,
      count(*), count(distinct from_work), min(occurred_at), max(occurred_at)
     from events where state = 'l' and from_work <> to_work and relation_id <= 13 group by 1, 2, 3`,
  ),
  'days of totals': either(
    'select work_id, source_id, relation_id, day, increments, events from event_days where relation_id between 1 and 13',
    `select to_work, source_id, relation_id, (occurred_at at time zone 'UTC')::date, coalesce(sum(case when flags & 2 = 0 then total end), 0)::bigint,
      count(*) from events e where state = 'l' and from_work <> to_work and relation_id <= 13 and ${manyOf('e')} group by 1, 2, 3, 4`,
  ),
  'other ends of totals': either(
    'select work_id, source_id, relation_id, other, events from event_subjects where relation_id between 1 and 13',
    `select to_work, source_id, relation_id, from_work, count(*) from events e
     where state = 'l' and from_work <> to_work and relation_id <= 13 and ${manyOf('e')} group by 1, 2, 3, 4`,
  ),
  'ranks of works': either(
    'select source_id, work_id, rank from event_totals where rank is not null',
    `select source_id, to_work, sum(total)::bigint from events where state = 'l' and from_work <> to_work and relation_id <= 13 group by 1, 2`,
  ),
  'values of cumulative events': `
    select e.id, e.total from events e where e.state = 'l' and e.flags & 2 <> 0 and e.total is distinct from (
      select value from event_observations o where o.id = e.id and o.state = 'c' order by at desc, no desc limit 1)`,
  'natural keys (an event is counted twice):': `
    select source_id, from_work, to_work, relation_id from events where state = 'l'
    group by source_id, from_work, to_work, relation_id, flags & 6, case when flags & 2 <> 0 or flags & 4 = 0 then null else date_trunc('second', occurred_at) end
    having count(*) > 1`,
  'ids (an event is stored twice):': 'select id from events group by id having count(*) > 1',
  'places in the feed (two events share one):':
    'select change_no from events group by change_no having count(*) > 1',
  'counters of sources': either(
    'select source_id, events from event_source_counts where events <> 0',
    `select source_id, count(*) from events where state = 'l' group by 1`,
  ),
  'works of sources': either(
    'select c.source_id, c.works + coalesce(w.works, 0) as works from event_source_counts c left join event_source_works w using (source_id) where c.works + coalesce(w.works, 0) <> 0',
    'select source_id, count(distinct work_id) from event_totals where relation_id > 0 group by 1',
  ),
  'numbers of events': either(
    'select kind::text, name_id, source_id, live, gone from event_counts where live <> 0 or gone <> 0',
    `select kind, name_id, source_id, count(*) filter (where state = 'l'), count(*) filter (where state <> 'l')
     from (select distinct e.id, e.source_id, e.state, k.* from events e cross join lateral (values ('*', 0), ('a', account_id),
       ('r', relation_id * (1 - 2 * (flags & 1))), ('p', from_prefix), ('p', to_prefix), ('h', from_host), ('h', to_host)) k (kind, name_id)
       where kind = '*' or name_id <> 0) c
     group by 1, 2, 3`,
  ),
  // Numbers whose events have changed since stay in the lists.
  'lists of the feed': either(
    `select distinct l.kind::text, l.name_id, l.no from (
       select kind, name_id, first_no + sum((get_byte(steps, 2 * i) * 256 + get_byte(steps, 2 * i + 1))::bigint) over (partition by kind, name_id, last_no order by i) as no
       from event_lists cross join lateral generate_series(0, length(steps) / 2 - 1) i
     ) l join events e on e.change_no = l.no`,
    `select distinct k.kind, k.name_id, e.change_no from events e cross join lateral (values ('s', source_id::integer), ('a', account_id),
       ('r', relation_id::integer), ('p', from_prefix), ('p', to_prefix), ('h', from_host), ('h', to_host),
       ('d', 40000 + ((occurred_at at time zone 'UTC')::date - date '1970-01-01'))) k (kind, name_id)
     where name_id <> 0`,
  ),
  'bodies of events (some is missing, or kept in vain):': `
    select e.id from events e where (e.body is null) = (e.body_no is null)
    union all select null from event_bodies b where not exists (select from events e where e.body_no = b.body_no)
    union all select e.id from events e where e.body_no is not null and not exists (select from event_bodies b where b.body_no = e.body_no)`,
  'works of events (some is missing):':
    'select from_work from events union select to_work from events except select work_id from works',
};
