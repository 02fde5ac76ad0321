-- Events take two thirds of the space and of the work: what is the same is not written twice, and what only the feed asks for is in
-- lists instead of indexes.

-- Bodies of events that were written together, compressed together (zstd, one a line). Distributed by body_no: the number of the
-- change of the first.
create table derived.event_bodies (
  body_no bigint primary key,
  bodies bytea not null
);
alter table derived.event_bodies alter column bodies set storage external;

alter table derived.events
  -- Null: it is in `event_bodies`, at this place (from 0) of this row.
  alter column body drop not null,
  add column body_no bigint,
  add column body_place smallint,
  -- Null: it has not changed since it came.
  alter column changed_at drop not null;

-- Which changes of the feed are of a source (s), relation (r), account (a), have a DOI prefix (p) or host (h) at either end, or
-- occurred on a day (d, the number of the day since 1970 and 40,000): up to 400 a row; from one to the next a step of two bytes. Distributed by name_id.
create table derived.event_lists (
  first_no bigint not null,
  last_no bigint not null,
  name_id integer not null,
  kind "char" not null,
  steps bytea not null
);
alter table derived.event_lists alter column steps set storage external;

insert into derived.event_lists (kind, name_id, first_no, last_no, steps)
select kind, name_id, min(change_no), max(change_no), string_agg(int2send(step::smallint), '' order by change_no)
from (
  select *, case when lag(part) over w = part then change_no - lag(change_no) over w else 0 end as step
  from (
    select *, breaks * 1000000000::bigint + (row_number() over (partition by kind, name_id, breaks order by change_no) - 1) / 400 as part
    from (
      select *, sum(gap) over (partition by kind, name_id order by change_no) as breaks
      from (
        select l.kind, l.name_id, l.change_no,
          case when l.change_no - lag(l.change_no) over (partition by l.kind, l.name_id order by l.change_no) > 32767 then 1 else 0 end as gap
        from (
          select 's'::"char" as kind, source_id::integer as name_id, change_no from derived.events
          union all select 'r', relation_id, change_no from derived.events
          union all select 'a', account_id, change_no from derived.events
          union all select 'p', from_prefix, change_no from derived.events
          union all select 'p', to_prefix, change_no from derived.events where to_prefix <> from_prefix
          union all select 'h', from_host, change_no from derived.events
          union all select 'h', to_host, change_no from derived.events where to_host <> from_host
          union all select 'd', 40000 + ((occurred_at at time zone 'UTC')::date - date '1970-01-01'), change_no from derived.events
        ) l
        where l.name_id > 0
      ) g
    ) b
  ) p
  window w as (partition by kind, name_id order by change_no)
) s
group by kind, name_id, part;
create index event_lists_last on derived.event_lists (kind, name_id, last_no);

drop index derived.events_source, derived.events_relation, derived.events_account, derived.events_from_prefix,
  derived.events_to_prefix, derived.events_from_host, derived.events_to_host;

-- A tree of these takes half of what a hash takes.
drop index derived.events_natural_key;
create index events_natural_key on derived.events (natural_key) where state = 'l';

-- How many events each source has: all (*), of a relation (r, negative in its inverse form), of an account (a), with a DOI prefix
-- (p) or host (h) at either end; live ones and others. A reference table.
create table derived.event_counts (
  live bigint not null,
  gone bigint not null,
  name_id integer not null,
  source_id smallint not null,
  kind "char" not null,
  primary key (kind, name_id, source_id)
) with (fillfactor = 70);
insert into derived.event_counts (kind, name_id, source_id, live, gone)
select kind, name_id, source_id, count(*) filter (where state = 'l'), count(*) filter (where state <> 'l')
from (
  select '*'::"char" as kind, 0 as name_id, source_id, state from derived.events
  union all select 'r', case when flags & 1 <> 0 then -relation_id else relation_id end, source_id, state from derived.events
  union all select 'a', account_id, source_id, state from derived.events
  union all select 'p', from_prefix, source_id, state from derived.events where from_prefix > 0
  union all select 'p', to_prefix, source_id, state from derived.events where to_prefix > 0 and to_prefix <> from_prefix
  union all select 'h', from_host, source_id, state from derived.events where from_host > 0
  union all select 'h', to_host, source_id, state from derived.events where to_host > 0 and to_host <> from_host
) c
group by 1, 2, 3;

-- Works with totals of a source: those that are counted with their events, and what the roller adds and takes. Reference tables.
alter table derived.event_source_counts add column works bigint not null default 0;
create table derived.event_source_works (
  source_id smallint primary key,
  works bigint not null
);
insert into derived.event_source_works (source_id, works)
select source_id, count(distinct work_id) from derived.event_totals where relation_id > 0 group by source_id;

-- No work has two thousand million events.
alter table derived.event_totals
  alter column events type integer,
  alter column subjects type integer,
  alter column cumulative_events type integer;

-- Ids that begin alike are told apart by the rest of them.
drop index derived.works_order;
create index works_order on derived.works (left(canonical_id, 100) collate "C");
