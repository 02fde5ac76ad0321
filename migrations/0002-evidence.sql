-- Everything that comes in, one row per accepted request; stays on the coordinator.
create table almanac.evidence (
  id uuid primary key,
  -- Order of acceptance; `seq` (gapless) is given when the evidence is applied.
  accepted_no bigint generated always as identity unique,
  seq bigint unique,
  account text not null,
  kind text not null,
  content_type text not null,
  -- Of the payload as kept; `received_sha256` is of the body as it came, where that differs.
  sha256 bytea not null,
  received_sha256 bytea,
  bytes bigint not null,
  items integer not null,
  restricted boolean not null,
  params jsonb not null,
  accepted jsonb not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  reason text,
  result jsonb,
  -- zstd-compressed by us, so PostgreSQL must not try again.
  payload bytea not null
);
alter table almanac.evidence alter column payload set storage external;
create index evidence_waiting on almanac.evidence (accepted_no) include (items) where state = 'waiting';
create index evidence_failed on almanac.evidence (accepted_no) where state = 'failed';

-- One row: the last `seq` given, and a counter that moves when derived tables are swapped by a replay.
create table almanac.evidence_state (
  only_row boolean primary key default true check (only_row),
  last_seq bigint not null default 0,
  epoch bigint not null default 0
);
insert into almanac.evidence_state default values;
