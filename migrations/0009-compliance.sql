-- Lists of articles that were handed in, what was found out about each article, and what upstreams answered.

create table almanac.compliance_jobs (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  -- Order of arrival.
  no bigint generated always as identity unique,
  created_date timestamptz not null,
  status text not null default 'submitted' check (status in ('submitted', 'processing', 'complete', 'error')),
  -- Of the original, as it was sent; its bytes lie in compliance_originals.
  filename text not null,
  media_type text not null,
  kind text not null check (kind in ('table', 'articles')),
  webhook_callback text,
  contact_email text,
  -- {give_up_after, publisher_pages, policies, panel}
  options json not null,
  -- Why it ended in `error`.
  fault text,
  -- What there is to say of how the list was read: {kind, encoding, delimiter, sheet, doubled}.
  reading json,
  -- Columns that are no identifiers, in their order: [{key, header}].
  extras json not null default '[]',
  -- Data rows read; rows = records + ignored.
  row_count integer not null default 0,
  record_count integer not null default 0,
  ignored_count integer not null default 0,
  -- The first ones only, for the message.
  ignored_positions integer[] not null default '{}',
  done_count integer not null default 0,
  unavailable_count integer not null default 0,
  -- Sources of the steps that are parked.
  unavailable_sources text[] not null default '{}',
  -- Who reads the list, and until when nobody else may.
  leased_by text,
  leased_until timestamptz,
  finished_at timestamptz
);
create index compliance_jobs_open on almanac.compliance_jobs (no) where status in ('submitted', 'processing');
create index compliance_jobs_created on almanac.compliance_jobs (created_date);

create table almanac.compliance_originals (
  job_id text not null,
  part integer not null,
  bytes bytea not null,
  stored_at timestamptz not null default now(),
  primary key (job_id, part)
);

-- `json`, not `jsonb`: what came in may hold what jsonb refuses (U+0000), and is read as a whole.
create table almanac.compliance_records (
  job_id text not null,
  pos integer not null,
  id text not null,
  created_date timestamptz not null,
  last_updated timestamptz not null,
  source json not null,
  -- Canonical identifiers that were given, and the title.
  given json not null,
  -- Notes of reading.
  notes json not null,
  -- Identifiers known now, given or found.
  pmcid text,
  pmid text,
  doi text,
  -- Null until finished: what was found out.
  resolution json,
  finished_at timestamptz,
  -- Who works on it, and until when nobody else may.
  leased_by text,
  leased_until timestamptz,
  -- Questions that were given up: [{source, question, key, status}]; and the answers to all others, kept as long as one is.
  parked json,
  answers json,
  retry_at timestamptz,
  retries integer not null default 0,
  primary key (job_id, pos)
);
create index compliance_records_open on almanac.compliance_records (job_id, pos) where finished_at is null;
create index compliance_records_parked on almanac.compliance_records (retry_at) where retry_at is not null;
create index compliance_records_parked_of on almanac.compliance_records (job_id, retry_at) where retry_at is not null;
create index compliance_records_leased on almanac.compliance_records (leased_by) where leased_by is not null;

create table almanac.compliance_ignored (
  job_id text not null,
  pos integer not null,
  reason text not null,
  primary key (job_id, pos)
);

-- Identifiers that several records of a job share; one row an identifier, however many records have it.
create table almanac.compliance_duplicates (
  job_id text not null,
  field text not null check (field in ('pmcid', 'pmid', 'doi')),
  value text not null,
  records integer not null,
  -- The first 20.
  positions integer[] not null,
  noted_at timestamptz not null,
  primary key (job_id, field, value)
);

-- One row a job that wants one; what was tried is shown on the job's page.
create table almanac.compliance_webhooks (
  job_id text primary key,
  due_at timestamptz,
  delivered_at timestamptz,
  -- [{at, outcome}]
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
  -- An answer has kept us from asking (`Retry-After`) from then until then.
  stopped_since timestamptz,
  stopped_until timestamptz,
  failures integer not null default 0,
  breaker_opened_at timestamptz,
  -- With the breaker open: when the next probe may go.
  probe_at timestamptz,
  last_status text,
  -- Requests on their way: [{id, until, probe}]; one whose process died is forgotten at `until` (ms since 1970).
  in_flight jsonb not null default '[]',
  -- Its own word on its limits; null: ours hold.
  per_second double precision,
  concurrency integer
);
