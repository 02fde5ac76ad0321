-- A source of usage belongs to the account that first delivered under its name.
create table almanac.usage_sources (
  source_id smallint generated always as identity primary key,
  name text not null unique,
  account text not null,
  created_at timestamptz not null
);

-- 256 random bits per UTC day of events; the row goes when the salt is destroyed.
create table almanac.usage_salts (
  day date primary key,
  salt bytea not null check (length(salt) = 32),
  made_at timestamptz not null
);

-- Days whose salt is gone: a delivery for such a day cannot be recognised as one that came before.
create table almanac.usage_salts_destroyed (
  day date primary key,
  destroyed_at timestamptz not null
);

-- Distinct user agents and the verdict of the robots list on them. 0 stands for "unknown" in the facts.
create table derived.usage_agents (
  agent_id integer generated always as identity primary key,
  key uuid not null unique,
  agent text not null,
  robot boolean not null,
  list_sha256 text not null
);

-- The facts: one row per event, distributed by work_id, partitioned by month. The columns are ordered so that a row has
-- no padding and no null (92 bytes): at a billion events a year every 8 bytes are 8 GB.
-- `excluded` bits: 1 = method other than GET, 2 = internal or administrative, 4 = shadow. A shadow stands for an event of
-- the first 30 seconds of the next day (ms >= 86,400,000), keyed with this day's salt, so that a day can be recomputed alone.
create table derived.usage_events (
  identity uuid not null,
  work_id bigint not null,
  session bigint not null,
  click bigint not null,
  day date not null,
  ms integer not null,
  agent_id integer not null,
  source_id smallint not null,
  country smallint not null,
  status smallint not null,
  kind "char" not null,
  excluded smallint not null
) partition by range (day);
-- Identity is looked up by equality only; a hash index entry is 12 bytes smaller than a b-tree's. Uniqueness is kept by
-- the one lane of applying (see docs/decisions).
create index usage_events_identity on derived.usage_events using hash (identity);
create index usage_events_work_day on derived.usage_events (work_id, day);
create table derived.usage_events_early partition of derived.usage_events for values from (minvalue) to ('2000-01-01');

-- OAI-PMH records that carried events: what a newer datestamp replaces. Distributed by key (of source and identifier).
create table derived.usage_records (
  key uuid primary key,
  datestamp timestamptz,
  deleted boolean not null,
  identities uuid[] not null
);

-- Work-days to recompute; appended to, taken by the roller. Stays on the coordinator.
create table derived.usage_dirty_days (
  work_id bigint not null,
  day date not null
);
create table derived.usage_dirty_entities (
  entity_id bigint not null,
  day date not null
);

-- Roll-ups. Countries are numbers: 26 * first letter + second, ZZ = 675; -1 = all countries together.
create table derived.usage_work_days (
  work_id bigint not null,
  day date not null,
  country smallint not null,
  total_item_requests integer not null,
  unique_item_requests integer not null,
  total_item_investigations integer not null,
  unique_item_investigations integer not null,
  primary key (work_id, day, country)
);
create index usage_work_days_day on derived.usage_work_days (day, work_id);

-- grain: m = month, y = year, t = total; period = its first day (1970-01-01 for the total).
create table derived.usage_work_periods (
  work_id bigint not null,
  period date not null,
  grain "char" not null,
  country smallint not null,
  total_item_requests bigint not null,
  unique_item_requests bigint not null,
  total_item_investigations bigint not null,
  unique_item_investigations bigint not null,
  primary key (work_id, grain, period, country)
);
-- A series over all countries reads these rows only.
create index usage_work_periods_all on derived.usage_work_periods (work_id, grain, period) where country = -1;
create index usage_work_periods_top on derived.usage_work_periods
  (grain, period, total_item_requests desc, total_item_investigations desc) where country = -1;

-- The same for scholars, partners (entity_id > 0) and countries (entity_id = -1 - country number); grain d = day as well.
create table derived.usage_entity_periods (
  entity_id bigint not null,
  period date not null,
  grain "char" not null,
  country smallint not null,
  total_item_requests bigint not null,
  unique_item_requests bigint not null,
  total_item_investigations bigint not null,
  unique_item_investigations bigint not null,
  primary key (entity_id, grain, period, country)
);
create index usage_entity_periods_all on derived.usage_entity_periods (entity_id, grain, period) where country = -1;

create index usage_entity_periods_top on derived.usage_entity_periods
  (grain, period, total_item_requests desc, total_item_investigations desc) where country = -1 and entity_id > 0;

create table derived.usage_state (
  only_row boolean primary key default true check (only_row),
  events bigint not null default 0,
  up_to timestamptz,
  robots_sha256 text
);
insert into derived.usage_state default values;
