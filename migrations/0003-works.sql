-- The catalogue: derived from evidence, rebuilt by a replay. Distributed by work_id unless said otherwise.
create table derived.works (
  work_id bigint generated always as identity primary key,
  canonical_id text not null,
  has_doi boolean not null,
  has_persistent_id boolean not null,
  live_records integer not null default 0,
  title text,
  type text,
  date text,
  publisher text,
  parent jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Every identifier leads to one work. `key` is the first half of the SHA-256 of the identifier: identifiers are up to
-- 2,048 characters long and an index entry is not. Distributed by key.
create table derived.work_identifiers (
  key uuid primary key,
  value text not null,
  work_id bigint not null,
  -- Order in which identifiers became known; the canonical id is the first of the best kind.
  known_no bigint generated always as identity
);
create index work_identifiers_work on derived.work_identifiers (work_id);

-- What each delivered record says, as it was read. Distributed by key (of the record's identity).
create table derived.publication_records (
  key uuid primary key,
  record_id text not null,
  -- Null only for the deletion of a record never seen alive.
  work_id bigint,
  -- As delivered; null when it had none, and then the time of receipt stands for it.
  datestamp timestamptz,
  received_at timestamptz not null,
  deleted boolean not null,
  body jsonb not null
);
create index publication_records_work on derived.publication_records (work_id);

-- The URLs that live records give their works: what an access log without rules is matched with. Distributed by key.
create table derived.publication_urls (
  key uuid not null,
  record_key uuid not null,
  kind text not null check (kind in ('page', 'file')),
  primary key (key, record_key, kind)
);
create index publication_urls_record on derived.publication_urls (record_key);

-- People and organisations that statistics are kept for. Distributed by entity_id.
create table derived.entities (
  entity_id bigint generated always as identity primary key,
  kind text not null check (kind in ('scholar', 'partner')),
  id text not null,
  name text
);
create index entities_id on derived.entities (kind, md5(id));

-- Every id of a scholar or partner leads to it. Distributed by key (of kind and value).
create table derived.entity_ids (
  key uuid primary key,
  kind text not null,
  value text not null,
  entity_id bigint not null
);
create index entity_ids_entity on derived.entity_ids (entity_id);

-- Which author of which record carries which id: the graph whose connected parts are the scholars. Distributed by key.
create table derived.author_ids (
  key uuid not null,
  value text not null,
  record_key uuid not null,
  author_no integer not null,
  work_id bigint not null,
  name text not null,
  -- False for people a record names in a role that usage does not count for; their ids are theirs all the same.
  counts boolean not null,
  primary key (key, record_key, author_no)
);
create index author_ids_record on derived.author_ids (record_key);
create index author_ids_work on derived.author_ids (work_id);

-- Whom a work's usage counts for.
create table derived.work_entities (
  work_id bigint not null,
  entity_id bigint not null,
  kind text not null,
  primary key (work_id, entity_id)
);
create index work_entities_entity on derived.work_entities (entity_id, work_id);

-- Partners named by deliveries of usage; they count only while a work has no live record.
create table derived.work_usage_partners (
  work_id bigint not null,
  partner_id text not null,
  primary key (work_id, partner_id)
);

-- Counters that would be slow to count: rows of works, and of works without a live record.
create table derived.works_state (
  only_row boolean primary key default true check (only_row),
  works bigint not null default 0,
  unknown_works bigint not null default 0
);
insert into derived.works_state default values;

-- Remote lookups to make (not derived: a replay asks nobody).
create table almanac.work_lookups (
  key uuid primary key,
  identifier text not null,
  state text not null default 'waiting' check (state in ('waiting', 'found', 'missing')),
  tries integer not null default 0,
  next_at timestamptz not null,
  last_error text
);
create index work_lookups_next on almanac.work_lookups (next_at) where state <> 'found';
