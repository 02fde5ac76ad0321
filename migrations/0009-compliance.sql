-- Lists of articles that were handed in, what was found out about each article, and what upstreams answered.

create table almanac.compliance_jobs (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  -- Order of arrival.
  no bigint generated always as identity unique,
  created_date timestamptz not null,
  status text not null default 'submitted' check (status in ('submitted', 'processing', 'complete', 'error')),
  filename text not null,
  -- Of the original, as it was sent; the bytes lie in compliance_originals.
  media_type text not null,
  webhook_callback text,
  contact_email text,
  -- {give_up_after, publisher_pages, policies, panel}
  options jsonb not null,
  -- Why it ended in `error`.
  fault text,
  -- Read and canonicalised: all its records are there.
  read_at timestamptz,
  finished_at timestamptz,
  -- Of the table: {kind, encoding, delimiter, sheet, headers of the extra columns in their order, doubled headers}
  reading jsonb,
  -- Data rows read; rows = records + ignored.
  row_count integer not null default 0,
  record_count integer not null default 0,
  ignored_count integer not null default 0,
  -- First ones only, for the message.
  ignored_positions integer[] not null default '{}',
  -- Who works on it, and until when nobody else may.
  leased_by text,
  leased_until timestamptz,
  done_count integer not null default 0,
  unavailable_count integer not null default 0,
  -- Records that share an id after resolution have been told so.
  duplicates_noted boolean not null default false
);
create index compliance_jobs_open on almanac.compliance_jobs (no) where status in ('submitted', 'processing');

create table almanac.compliance_originals (
  job_id text not null,
  part integer not null,
  bytes bytea not null,
  primary key (job_id, part)
);

create table almanac.compliance_records (
  job_id text not null,
  pos integer not null,
  id text not null,
  created_date timestamptz not null,
  last_updated timestamptz not null,
  -- The values of the four fields as they came; null: there was no such column or key.
  source json not null,
  -- Given, canonical.
  given json not null,
  -- Notes of reading.
  notes json not null,
  -- Null until finished: what the chain made of it.
  resolution json,
  pmcid text,
  pmid text,
  doi text,
  -- Notes added after resolution: duplicates, recoveries.
  later_notes json not null default '[]',
  -- Answers so far, kept only while something is parked.
  answers json,
  parked json,
  retry_at timestamptz,
  retries integer not null default 0,
  finished_at timestamptz,
  primary key (job_id, pos)
);
create index compliance_records_open on almanac.compliance_records (job_id, pos) where finished_at is null;
create index compliance_records_parked on almanac.compliance_records (retry_at) where retry_at is not null;

create table almanac.compliance_ignored (
  job_id text not null,
  pos integer not null,
  reason text not null,
  primary key (job_id, pos)
);

-- One row a job that wants one; what was tried is kept for the job's page.
create table almanac.compliance_webhooks (
  job_id text primary key,
  due_at timestamptz,
  delivered_at timestamptz,
  tries json not null default '[]'
);
create index compliance_webhooks_due on almanac.compliance_webhooks (due_at) where due_at is not null;

-- What upstreams answered, by day: found and not found only.
create table almanac.compliance_answers (
  source text not null,
  question text not null,
  key text not null,
  -- UTC day.
  day date not null,
  outcome text not null check (outcome in ('found', 'not_found')),
  value json,
  answered_at timestamptz not null,
  primary key (source, question, key, day)
);
create index compliance_answers_day on almanac.compliance_answers (day);

-- One row an upstream: its rate, its pauses and its breaker hold over all processes.
create table almanac.compliance_sources (
  source text primary key,
  -- Tokens of the bucket at `refilled_at`.
  tokens double precision not null,
  refilled_at timestamptz not null,
  stopped_until timestamptz,
  failures integer not null default 0,
  breaker_opened_at timestamptz,
  last_status text
);
