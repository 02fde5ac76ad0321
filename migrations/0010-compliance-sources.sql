-- What all processes of an installation must know of an upstream to be polite to it together.
alter table almanac.compliance_sources
  -- Since when an answer has kept us from asking (`Retry-After`); `stopped_until` is its end.
  add column stopped_since timestamptz,
  -- With the breaker open: when the next probe may go.
  add column probe_at timestamptz,
  -- Requests on their way: [{id, until, probe}]; one whose process died is forgotten at `until` (ms since 1970).
  add column in_flight jsonb not null default '[]',
  -- Its own word on its limits; null: ours hold.
  add column per_second double precision,
  add column concurrency integer;
