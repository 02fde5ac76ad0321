import type { TransactionSql } from 'postgres';
import { LAST_COUNTING } from './relations.ts';
import { isSame, LARGEST, MANY_EVENTS } from './roller.store.ts';

// SQL of totals of many events: they are moved by the events that they gained and lost.

/** Moves the other marked totals by the events that they gained and lost. */
export async function moveTotals(tx: TransactionSql): Promise<void> {
  await tx`delete from roll_changes c using roll_totals d where (d.whole or d.fresh) and ${isSame(tx, 'c', 'd')}`;
  await tx`
    insert into event_days as t (work_id, source_id, relation_id, day, increments, events)
    select work_id, source_id, relation_id, (at at time zone 'UTC')::date, coalesce(sum(sign * total) filter (where not cumulative), 0),
      sum(sign)
    from roll_changes
    group by 1, 2, 3, 4
    on conflict (work_id, source_id, relation_id, day) do update
      set increments = t.increments + excluded.increments, events = t.events + excluded.events`;
  const [{ moved } = { moved: 0 }] = await tx<{ moved: number }[]>`
    with changes as (
      select work_id, source_id, relation_id, other, sum(sign)::bigint as events from roll_changes group by 1, 2, 3, 4
    ), others as (
      select c.*, coalesce(s.events, 0) as had
      from changes c left join event_subjects s on ${isSame(tx, 's', 'c')} and s.other = c.other
    ), kept as (
      insert into event_subjects as s (work_id, source_id, relation_id, other, events)
      select work_id, source_id, relation_id, other, events from others where events <> 0
      on conflict (work_id, source_id, relation_id, other) do update set events = s.events + excluded.events
      returning 1
    ), came as (
      select work_id, source_id, relation_id,
        count(*) filter (where had = 0 and events > 0) - count(*) filter (where had > 0 and had + events = 0) as subjects
      from others group by 1, 2, 3
    ), sums as (
      select work_id, source_id, relation_id, sum(sign)::bigint as events,
        coalesce(sum(sign * total) filter (where not cumulative), 0) as increments,
        coalesce(sum(sign * total) filter (where cumulative), 0) as snapshot,
        coalesce(sum(sign) filter (where cumulative), 0)::bigint as cumulative_events,
        min(at) filter (where sign > 0) as first_at, max(at) filter (where sign > 0) as last_at
      from roll_changes group by 1, 2, 3
    ), moved as (
      update event_totals t
      set events = t.events + s.events, subjects = t.subjects + c.subjects,
        increments = least(t.increments + s.increments, ${LARGEST}),
        snapshot = case when t.cumulative_events + s.cumulative_events > 0
          then least(coalesce(t.snapshot, 0) + s.snapshot, ${LARGEST}) end,
        cumulative_events = t.cumulative_events + s.cumulative_events,
        first_at = least(t.first_at, s.first_at), last_at = greatest(t.last_at, s.last_at),
        hot = t.events + s.events > ${MANY_EVENTS}
      from sums s join came c using (work_id, source_id, relation_id)
      where ${isSame(tx, 't', 's')}
      returning 1
    )
    select (select count(*) from moved) + 0 * (select count(*) from kept) as moved`;
  if (moved === 0) return;
  await tx`delete from event_subjects s using roll_totals d where not d.whole and not d.fresh and ${isSame(tx, 's', 'd')} and s.events = 0`;
  await tx`delete from event_days s using roll_totals d where not d.whole and not d.fresh and ${isSame(tx, 's', 'd')} and s.events = 0`;
  await settleEdges(tx);
  await coolDown(tx);
  await tx`
    update event_totals t set rank = t.increments + coalesce(t.snapshot, 0)
    from roll_totals d
    where not d.whole and not d.fresh and ${isSame(tx, 't', 'd')} and t.relation_id between 1 and ${LAST_COUNTING}`;
}

/** First and last times of totals that lost an event at one of them: the only thing that has to be looked for. */
async function settleEdges(tx: TransactionSql): Promise<void> {
  await tx`
    with lost as (
      select t.work_id, t.source_id, t.relation_id
      from roll_changes c join event_totals t on ${isSame(tx, 't', 'c')}
      where c.at <= t.first_at or c.at >= t.last_at
      group by t.work_id, t.source_id, t.relation_id
      having bool_or(c.sign < 0 and c.at <= t.first_at) and sum(c.sign) filter (where c.at <= t.first_at) <= 0
        or bool_or(c.sign < 0 and c.at >= t.last_at) and sum(c.sign) filter (where c.at >= t.last_at) <= 0
    ), edges as (
      select l.work_id, l.source_id, l.relation_id, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
      from lost l
      join events e on e.source_id = l.source_id
        and case when l.relation_id between 1 and ${LAST_COUNTING} or l.relation_id < 0 then e.to_work else e.from_work end = l.work_id
        and e.relation_id = abs(l.relation_id)
      where (e.to_work = l.work_id or e.from_work = l.work_id) and e.state = 'l' and e.from_work <> e.to_work
      group by 1, 2, 3
    )
    update event_totals t set first_at = e.first_at, last_at = e.last_at from edges e where ${isSame(tx, 't', 'e')}`;
}

/** What has few events left is recomputed from them again. */
async function coolDown(tx: TransactionSql): Promise<void> {
  const cold = tx`
    roll_totals d join event_totals t on ${isSame(tx, 't', 'd')} and not t.hot
    where not d.whole and not d.fresh and ${isSame(tx, 'd', 'x')}`;
  await tx`delete from event_days x using ${cold}`;
  await tx`delete from event_subjects x using ${cold}`;
  await tx`delete from event_totals x using roll_totals d where not d.whole and not d.fresh and ${isSame(tx, 'x', 'd')} and x.events = 0`;
}

/** Ranks of works with several relations of one source: the sum stands on the row of the first. */
export async function settleRanks(tx: TransactionSql): Promise<void> {
  await tx`
    with several as (
      select distinct d.work_id, d.source_id
      from roll_totals d
      join event_totals t on t.work_id = d.work_id and t.source_id = d.source_id
      where d.relation_id between 1 and ${LAST_COUNTING} and t.relation_id between 1 and ${LAST_COUNTING}
        and (t.relation_id <> d.relation_id or t.rank is null)
    ), ranks as (
      select t.work_id, t.source_id, min(t.relation_id) as first, sum(t.increments + coalesce(t.snapshot, 0))::bigint as rank
      from several s
      join event_totals t on t.work_id = s.work_id and t.source_id = s.source_id
      where t.relation_id between 1 and ${LAST_COUNTING}
      group by 1, 2
    )
    update event_totals t set rank = case when t.relation_id = r.first then r.rank end
    from ranks r
    where t.work_id = r.work_id and t.source_id = r.source_id and t.relation_id between 1 and ${LAST_COUNTING}
      and t.rank is distinct from case when t.relation_id = r.first then r.rank end`;
}
