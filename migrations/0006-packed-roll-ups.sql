-- Roll-ups with one row for a subject and period, the countries inside it. With a row for each country, 100,000 sparse
-- events made 500,000 rows of roll-ups in 9 indexes: 7 to 21 s to recompute, and 700 bytes of disk an event.
--
-- `country` is the only country a row has figures of, or -1; then `countries` holds an array {country, total requests,
-- unique requests, total investigations, unique investigations} for each, in the order of the countries' numbers.
drop table derived.usage_work_days, derived.usage_work_periods, derived.usage_entity_periods;

-- Figures of a work fit into an integer: 2^31 clicks of one work would be 300 GB of facts.
create table derived.usage_work_days (
  work_id bigint not null,
  day date not null,
  country smallint not null,
  total_item_requests integer not null,
  unique_item_requests integer not null,
  total_item_investigations integer not null,
  unique_item_investigations integer not null,
  countries integer[],
  primary key (work_id, day)
);
create index usage_work_days_day on derived.usage_work_days (day);

-- grain: m = month, y = year, t = total; period = its first day (1970-01-01 for the total).
create table derived.usage_work_periods (
  work_id bigint not null,
  period date not null,
  total_item_requests integer not null,
  unique_item_requests integer not null,
  total_item_investigations integer not null,
  unique_item_investigations integer not null,
  country smallint not null,
  grain "char" not null,
  countries integer[],
  primary key (work_id, grain, period)
);
create index usage_work_periods_top on derived.usage_work_periods
  (grain, period, total_item_requests desc, total_item_investigations desc);

-- Months of scholars, with their days inside: {day of the month, and the four figures} for each day that has any. Their
-- countries come from their works, of which there are few: kept here they would be as many as the events.
create table derived.usage_scholar_months (
  entity_id bigint not null,
  period date not null,
  total_item_requests integer not null,
  unique_item_requests integer not null,
  total_item_investigations integer not null,
  unique_item_investigations integer not null,
  days integer[] not null,
  primary key (entity_id, period)
);
create index usage_scholar_months_period on derived.usage_scholar_months (period);

-- Days and months of partners and countries (entity_id = -1 - country number), years and totals of these and of scholars.
-- Only partners have countries inside.
create table derived.usage_entity_periods (
  entity_id bigint not null,
  period date not null,
  country smallint not null,
  grain "char" not null,
  total_item_requests bigint not null,
  unique_item_requests bigint not null,
  total_item_investigations bigint not null,
  unique_item_investigations bigint not null,
  countries bigint[],
  primary key (entity_id, grain, period)
);
create index usage_entity_periods_top on derived.usage_entity_periods (grain, period) where entity_id > 0;
create index usage_entity_periods_countries on derived.usage_entity_periods (grain, period) where entity_id < 0;

-- The roller recomputes all of it, as after any other change. Marks of `entity_id` 0 stand for all countries of a day.
delete from derived.usage_dirty_entities;
insert into derived.usage_dirty_days (work_id, day) select distinct work_id, day from derived.usage_events;
