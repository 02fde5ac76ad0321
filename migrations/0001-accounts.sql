-- Third parties and the server's own agents (names with a colon). Tokens are random, kept only as SHA-256.
create table almanac.accounts (
  id bigint generated always as identity primary key,
  name text not null unique,
  -- [{"name","email"}]
  contacts jsonb not null default '[]',
  may_registry boolean not null default false,
  may_statistics boolean not null default false,
  may_admin boolean not null default false,
  may_deposit boolean not null default false,
  may_operator boolean not null default false,
  -- Null once revoked, and for agents, whose tokens are below.
  token_sha256 bytea unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- Agents and the command line run in several processes at once; each has a token of its own, which ends by itself.
create table almanac.internal_tokens (
  token_sha256 bytea primary key,
  account_id bigint not null references almanac.accounts (id) on delete cascade,
  expires_at timestamptz not null
);
create index internal_tokens_expires_at on almanac.internal_tokens (expires_at);
create index internal_tokens_account_id on almanac.internal_tokens (account_id);
