-- Webmentions as they were received and what verifying them found, one row per pair of source and target. Kept, not
-- derived: the events made of them are derived from evidence of their own. Stays on the coordinator.
create table almanac.webmentions (
  id uuid primary key,
  -- Of source and target: both are up to 2,048 characters long and an index entry is not.
  key uuid not null unique,
  source text not null,
  target text not null,
  status text not null check (status in ('queued', 'accepted', 'rejected', 'deleted')),
  reason text,
  -- Goes up with each request for the pair: a verification that began before the newest request does not answer it.
  round integer not null default 1,
  -- Whether a verification is to be made, now or later; failed tries of this round; finished verifications.
  due boolean not null default true,
  tries integer not null default 0,
  checks integer not null default 0,
  -- The event, once there was one, and whether it counts now.
  event uuid,
  live boolean not null default false,
  -- Somebody else deleted it: it is not restored.
  withheld boolean not null default false,
  relation text,
  first_accepted_at timestamptz,
  received_at timestamptz not null,
  checked_at timestamptz,
  -- What was deposited and is not applied yet.
  settling jsonb
);
create index webmentions_rejected on almanac.webmentions (checked_at) where status = 'rejected';
