-- A total of many events is not recomputed when some come or go: it is moved by them, so that its cost does not grow with its
-- history. `hot`: days and other ends of the total are stored, and it is kept so.
alter table derived.event_totals
  add column hot boolean not null default false,
  -- Live cumulative events: without any, the total has no snapshot.
  add column cumulative_events bigint not null default 0,
  -- What the work has of the source over all relations that count, on the row of the first of them: the order of lists.
  add column rank bigint;


-- How many events a hot total has of each other end.
create table derived.event_subjects (
  work_id bigint not null,
  other bigint not null,
  events bigint not null,
  source_id smallint not null,
  relation_id smallint not null,
  primary key (work_id, source_id, relation_id, other)
);

-- A mark with an event that a hot total gains (sign 1) or loses (-1); without, the total is recomputed as a whole.
alter table derived.event_dirty
  add column other bigint,
  add column at timestamptz,
  add column total bigint,
  add column sign smallint,
  add column cumulative boolean;

update derived.event_totals t set rank = case when t.relation_id = r.first then r.rank end
from (
  select work_id, source_id, min(relation_id) as first, sum(increments + coalesce(snapshot, 0))::bigint as rank
  from derived.event_totals where relation_id between 1 and 13 group by 1, 2
) r
where t.work_id = r.work_id and t.source_id = r.source_id and t.relation_id between 1 and 13;
create index event_totals_rank on derived.event_totals (source_id, (-rank), work_id);
drop index derived.event_totals_source;
