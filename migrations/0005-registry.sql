-- The register. Small: a reference table when spread over machines.

-- JSON Schema of what an account may store as its own admin data; null: any object.
alter table almanac.accounts add column admin_schema json;

-- One row a record, tombstones included. `json`, not `jsonb`: what was sent comes back in the order it was sent.
create table almanac.records (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  -- Moves with every write; from `registry_state`, so no two records share it.
  seq bigint not null unique,
  created_date timestamptz not null,
  last_updated timestamptz not null,
  version_created timestamptz not null,
  ver integer not null,
  deleted boolean not null,
  register json not null,
  admin json not null
);
create index records_last_updated on almanac.records (last_updated, id);

-- One row, locked by whoever writes records until its transaction ends: numbers become visible in their order,
-- so whoever has read up to `last_seq` has missed nothing. `last_at` keeps dates from running backwards.
create table almanac.registry_state (
  only_row boolean primary key default true check (only_row),
  last_seq bigint not null default 0,
  last_at timestamptz not null default '-infinity',
  -- Signs resumption tokens.
  secret bytea not null default sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea)
);
insert into almanac.registry_state default values;

-- Where a record has stood in the list of changes; old places are kept for a while so that paging stays in step.
create table almanac.record_changes (
  seq bigint primary key,
  record_id text not null,
  at timestamptz not null,
  -- The later change of the same record; null for the last.
  next_seq bigint
);
create unique index record_changes_current on almanac.record_changes (record_id) where next_seq is null;
create index record_changes_at on almanac.record_changes (at, record_id);
create index record_changes_next on almanac.record_changes (next_seq) where next_seq is not null;

-- Versions that were replaced, as they were.
create table almanac.record_history (
  id text primary key,
  about text not null,
  ver integer not null,
  created_date timestamptz not null,
  last_updated timestamptz not null,
  version_created timestamptz not null,
  superseded timestamptz not null,
  triggered_by_account text not null,
  register json not null,
  admin json not null,
  unique (about, ver)
);

create table almanac.record_statistics (
  id text primary key,
  about text not null,
  value double precision not null,
  type text not null,
  date timestamptz not null,
  third_party text not null
);
create index record_statistics_about on almanac.record_statistics (about, date desc, id);
create index record_statistics_type on almanac.record_statistics (type, about);

-- What visitors proposed; nothing of it is in the register before it is accepted.
create table almanac.suggestions (
  id text primary key,
  -- Order of arrival.
  no bigint generated always as identity unique,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'rejected')),
  submitted timestamptz not null,
  -- The record it corrects, if any.
  about text,
  -- Null only when the register proposed has no address.
  url_key text,
  register json not null,
  contact json,
  comment text,
  source text,
  detected json,
  duplicate_of text[] not null,
  record_id text,
  reason text,
  decided_by text,
  decided timestamptz
);
create index suggestions_status on almanac.suggestions (status, no);
create unique index suggestions_pending_key on almanac.suggestions (url_key, coalesce(about, '')) where status = 'pending';

-- Every call of the API; no addresses, no values of parameters.
create table almanac.api_usage (
  at timestamptz not null,
  method text not null,
  route text not null,
  parameters text[] not null,
  status smallint not null,
  ms real not null,
  bytes bigint not null,
  account text,
  agent text not null,
  -- Keyed with a key that lives for a day in the memory of one process.
  caller bytea not null
);
create index api_usage_at on almanac.api_usage (at);

-- Kept for ever.
create table almanac.api_usage_days (
  day date not null,
  method text not null,
  route text not null,
  account text not null,
  requests bigint not null,
  errors bigint not null,
  bytes bigint not null,
  ms_p50 real not null,
  primary key (day, method, route, account)
);
