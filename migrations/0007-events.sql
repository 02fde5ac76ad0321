-- Where events come from. Kept, small: a reference table. The order of the numbers is the order of export columns.
create table almanac.event_sources (
  source_id smallint generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z][a-z0-9_]{1,62}$'),
  title text not null,
  description text not null default '',
  "group" text not null,
  private boolean not null default false,
  -- Whether its numbers are snapshots where a deposit does not say.
  cumulative boolean not null default false,
  state text not null default 'active' check (state in ('active', 'retired')),
  stale_after_hours integer not null default 48,
  max_per_day integer not null default 500,
  updated_at timestamptz not null default now()
);
insert into almanac.event_sources (name, title, "group", cumulative, private) values
  ('crossref', 'Crossref', 'cited', false, false),
  ('datacite', 'DataCite', 'cited', false, false),
  ('europe_pmc', 'Europe PMC citations', 'cited', false, false),
  ('europe_pmc_data', 'Europe PMC database links', 'cited', true, false),
  ('pubmed', 'PubMed Central citations', 'cited', false, false),
  ('scopus', 'Scopus', 'cited', true, true),
  ('wos', 'Web of Science', 'cited', true, true),
  ('f1000', 'F1000Prime', 'recommended', true, false),
  ('wikipedia', 'Wikipedia', 'discussed', false, false),
  ('wordpress', 'WordPress.com', 'discussed', false, false),
  ('reddit', 'Reddit', 'discussed', false, false),
  ('researchblogging', 'Research Blogging', 'discussed', false, false),
  ('scienceseeker', 'ScienceSeeker', 'discussed', false, false),
  ('nature', 'Nature.com blogs', 'discussed', false, false),
  ('openedition', 'OpenEdition', 'discussed', false, false),
  ('twitter', 'Twitter', 'discussed', false, true),
  ('facebook', 'Facebook', 'discussed', true, false),
  ('mendeley', 'Mendeley', 'saved', true, false),
  ('citeulike', 'CiteULike', 'saved', false, false),
  ('bookmarks', 'Bookmarks', 'saved', false, false),
  ('github', 'GitHub', 'saved', true, false),
  ('bitbucket', 'Bitbucket', 'saved', true, false),
  ('figshare', 'figshare', 'viewed', true, false),
  ('pmc_html', 'PubMed Central pages', 'viewed', true, false),
  ('pmc_pdf', 'PubMed Central PDF', 'viewed', true, false),
  ('counter_html', 'COUNTER pages', 'viewed', true, false),
  ('counter_pdf', 'COUNTER PDF', 'viewed', true, false),
  ('journal_comments', 'Journal comments', 'discussed', false, false),
  ('orcid', 'ORCID', 'saved', false, false),
  ('ads', 'Astrophysics Data System', 'cited', false, false),
  ('plos_fulltext', 'PLOS full text', 'cited', false, false),
  ('bmc_fulltext', 'BioMed Central full text', 'cited', false, false),
  ('oai_pmh', 'OAI-PMH', 'cited', false, false),
  ('webmention', 'Webmention', 'discussed', false, false),
  ('other', 'Other', 'other', false, false);

-- Four bytes for each item of a waiting delivery, so that one item can be found without opening the payloads of a whole
-- backlog; given up when the delivery is applied.
alter table almanac.evidence add column item_keys bytea;
alter table almanac.evidence alter column item_keys set storage external;
create index evidence_waiting_kind on almanac.evidence (kind, accepted_no) include (items) where state = 'waiting';

-- Names that events share: accounts (a), DOI prefixes (p), hosts (h). A reference table; 0 stands for none.
create table derived.event_names (
  name_id integer generated always as identity primary key,
  kind "char" not null,
  name text not null,
  unique (kind, name)
);
-- A domain and all below it are one range of this index.
create index event_names_domain on derived.event_names (reverse(name) text_pattern_ops) where kind = 'h';

-- One row an event at its latest state, tombstones included. Distributed by id. `from_work` and `to_work` are the ends in
-- the active form of the relation; flags: 1 = deposited in the inverse form, 2 = cumulative, 4 = the time was given,
-- 8 = a decrease is held. state: l = live, d = deleted, m = says what an earlier event says since works were joined.
create table derived.events (
  id uuid not null,
  -- Place in the feed: dense, moves with every change.
  change_no bigint not null,
  -- Hash of source, works, relation and time; what has the same is compared in full.
  natural_key bigint not null,
  from_work bigint not null,
  to_work bigint not null,
  total bigint not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Of the evidence that changed it last.
  seq bigint not null,
  version integer not null,
  account_id integer not null,
  from_prefix integer not null,
  to_prefix integer not null,
  from_host integer not null,
  to_host integer not null,
  source_id smallint not null,
  relation_id smallint not null,
  flags smallint not null,
  state "char" not null,
  -- What was deposited and has no column of its own, as JSON.
  body text not null
);
create index events_id on derived.events using hash (id);
create index events_natural_key on derived.events using hash (natural_key) where state = 'l';
create index events_change on derived.events (change_no);
create index events_source on derived.events (source_id, change_no);
create index events_from on derived.events (from_work, change_no);
create index events_to on derived.events (to_work, change_no);
create index events_from_prefix on derived.events (from_prefix, change_no) where from_prefix > 0;
create index events_to_prefix on derived.events (to_prefix, change_no) where to_prefix > 0;
create index events_from_host on derived.events (from_host, change_no) where from_host > 0;
create index events_to_host on derived.events (to_host, change_no) where to_host > 0;

-- Versions that were replaced. Distributed by id.
create table derived.event_versions (
  id uuid not null,
  version integer not null,
  changed_at timestamptz not null,
  seq bigint not null,
  total bigint not null,
  occurred_at timestamptz not null,
  state "char" not null,
  body text not null,
  primary key (id, version)
);

-- The series of a cumulative event; state: c = confirmed, h = held, r = not believed. Distributed by id.
create table derived.event_observations (
  id uuid not null,
  at timestamptz not null,
  -- Order of arrival.
  no bigint not null,
  value bigint not null,
  state "char" not null,
  primary key (id, at, no)
);

-- What became of deposits that did not make or change an event, and of repeated ones. Distributed by id.
-- outcome: see outcomes.ts. `alone`: there is no event of this id.
create table derived.deposit_messages (
  id uuid not null,
  seq bigint not null,
  position integer not null,
  account_id integer not null,
  source_id smallint not null,
  outcome "char" not null,
  alone boolean not null,
  other uuid,
  reason text
);
create index deposit_messages_id on derived.deposit_messages (id, seq desc, position desc);
create index deposit_messages_listed on derived.deposit_messages (seq, position) where alone or outcome = 'f';

-- Totals to recompute; taken by the roller. Stays on the coordinator. relation_id < 0: read backwards.
create table derived.event_dirty (
  work_id bigint not null,
  source_id smallint not null,
  relation_id smallint not null,
  seq bigint not null
);
create index event_dirty_seq on derived.event_dirty (seq);

-- Totals of works, recomputed from events as wholes.
create table derived.event_totals (
  work_id bigint not null,
  increments bigint not null,
  snapshot bigint,
  events bigint not null,
  subjects bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  source_id smallint not null,
  relation_id smallint not null,
  primary key (work_id, source_id, relation_id)
);
create index event_totals_source on derived.event_totals (source_id, work_id);

-- Days of totals, only where there are many events; the days of few are summed when they are asked for.
create table derived.event_days (
  work_id bigint not null,
  day date not null,
  source_id smallint not null,
  relation_id smallint not null,
  increments bigint not null,
  events bigint not null,
  primary key (work_id, source_id, relation_id, day)
);

-- What deposits said of works, by field: {"title":{"v":…,"r":rank,"t":time}, …}.
create table derived.work_descriptions (
  work_id bigint primary key,
  told jsonb not null
);
create index work_descriptions_words on derived.work_descriptions
  using gin (to_tsvector('simple', coalesce(told -> 'title' ->> 'v', ''))) where told ? 'title';
create index works_words on derived.works using gin (to_tsvector('simple', coalesce(title, ''))) where title is not null;
create index works_order on derived.works (left(canonical_id, 100) collate "C", work_id);
create index works_updated on derived.works (updated_at, work_id);

create table derived.alerts (
  id uuid primary key,
  no bigint not null,
  class text not null,
  level text not null,
  source_id smallint not null,
  agent text,
  work_id bigint not null,
  event uuid,
  from_value bigint,
  to_value bigint,
  count integer not null,
  incident uuid not null,
  state text not null check (state in ('open', 'confirmed', 'rejected', 'resolved')),
  message text not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null
);
create index alerts_open on derived.alerts (work_id, class) where state = 'open';
create index alerts_no on derived.alerts (no);

-- A reference table.
create table derived.event_source_counts (
  source_id smallint primary key,
  events bigint not null,
  last_event_at timestamptz,
  up_to timestamptz
);
-- Days on which something came from a source. A reference table.
create table derived.event_source_days (
  source_id smallint not null,
  day date not null,
  primary key (source_id, day)
);

create table derived.events_state (
  only_row boolean primary key default true check (only_row),
  change_no bigint not null default 0,
  alert_no bigint not null default 0
);
insert into derived.events_state default values;
