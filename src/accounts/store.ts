import type { Sql } from '../platform/database/index.ts';
import type { Right } from '../platform/http/index.ts';
import { type AccountRecord, allRights, type Contact } from './account.ts';

type RightColumns = Record<`may_${Right}`, boolean>;

interface Row extends RightColumns {
  id: string;
  name: string;
  contacts: Contact[];
  created_at: Date;
  updated_at: Date;
  revoked_at: Date | null;
}

interface Saved {
  record: AccountRecord;
  existed: boolean;
}

/** All SQL of accounts. */
export function accountStore(sql: Sql) {
  const columns = sql`
    accounts.id::text as id, name, contacts, may_registry, may_statistics, may_admin, may_deposit, may_operator,
    created_at, updated_at, revoked_at`;

  return {
    /** Makes the account or replaces its token and rights; contacts and schema stay when null is given. */
    async save(
      name: string,
      contacts: Contact[] | null,
      rights: readonly Right[],
      hash: Buffer | null,
      adminSchema: string | null = null,
    ): Promise<Saved> {
      const may = (right: Right) => rights.includes(right);
      const [row] = await sql<(Row & { existed: boolean })[]>`
        insert into almanac.accounts (
          name, contacts, token_sha256, admin_schema,
          may_registry, may_statistics, may_admin, may_deposit, may_operator
        )
        values (
          ${name}, ${sql.json(contactRows(contacts ?? []))}, ${hash}, ${adminSchema}::text::json,
          ${may('registry')}, ${may('statistics')}, ${may('admin')}, ${may('deposit')}, ${may('operator')}
        )
        on conflict (name) do update
        set contacts = case when ${contacts === null} then accounts.contacts else excluded.contacts end,
            token_sha256 = excluded.token_sha256,
            admin_schema = coalesce(excluded.admin_schema, accounts.admin_schema),
            may_registry = excluded.may_registry,
            may_statistics = excluded.may_statistics,
            may_admin = excluded.may_admin,
            may_deposit = excluded.may_deposit,
            may_operator = excluded.may_operator,
            revoked_at = null,
            updated_at = now()
        returning ${columns}, updated_at > created_at as existed`;
      if (!row) throw new Error('an upsert returned no row');
      return { record: recordOf(row), existed: row.existed };
    },

    async list(): Promise<AccountRecord[]> {
      const rows = await sql<Row[]>`
        select ${columns}
        from almanac.accounts
        order by name`;
      return rows.map(recordOf);
    },

    /** False when there is no such account, or it was revoked before. */
    async revoke(name: string): Promise<boolean> {
      const rows = await sql`
        with revoked as (
          update almanac.accounts
          set token_sha256 = null, revoked_at = now(), updated_at = now()
          where name = ${name} and revoked_at is null
          returning id
        ), tokens as (
          delete from almanac.internal_tokens
          using revoked
          where account_id = revoked.id
        )
        select id from revoked`;
      return rows.length > 0;
    },

    /** The account of each token, in their order. */
    async byTokens(hashes: readonly Buffer[]): Promise<(AccountRecord | null)[]> {
      const wanted = hashes.map((hash) => hash.toString('hex'));
      const rows = await sql<(Row & { token: string })[]>`
        with wanted as (
          select distinct decode(token, 'hex') as token_sha256
          from unnest(${wanted}::text[]) as token
        )
        select ${columns}, encode(token_sha256, 'hex') as token
        from wanted
        join almanac.accounts using (token_sha256)
        where revoked_at is null
        union all
        select ${columns}, encode(wanted.token_sha256, 'hex') as token
        from wanted
        join almanac.internal_tokens using (token_sha256)
        join almanac.accounts on accounts.id = account_id
        where expires_at > now() and revoked_at is null`;
      const accounts = new Map(rows.map((row) => [row.token, recordOf(row)]));
      return wanted.map((token) => accounts.get(token) ?? null);
    },

    /** Makes an account without a token when there is none of this name; an existing one is left as it is. */
    async ensure(name: string, rights: readonly Right[]): Promise<AccountRecord> {
      const may = (right: Right) => rights.includes(right);
      await sql`
        insert into almanac.accounts (
          name, may_registry, may_statistics, may_admin, may_deposit, may_operator
        )
        values (
          ${name}, ${may('registry')}, ${may('statistics')}, ${may('admin')}, ${may('deposit')}, ${may('operator')}
        )
        on conflict (name) do nothing`;
      const [row] = await sql<Row[]>`
        select ${columns}
        from almanac.accounts
        where name = ${name}`;
      if (!row) throw new Error('an account has vanished');
      return recordOf(row);
    },

    /** The schema of each account, in their order. */
    async adminSchemas(ids: readonly string[]): Promise<(Record<string, unknown> | null)[]> {
      const rows = await sql<{ id: string; admin_schema: Record<string, unknown> | null }[]>`
        select id::text as id, admin_schema
        from almanac.accounts
        where id = any(${ids}::bigint[])`;
      const schemas = new Map(rows.map((row) => [row.id, row.admin_schema]));
      return ids.map((id) => schemas.get(id) ?? null);
    },

    /** Adds a token that ends after `days`, and forgets those that have ended. */
    async addInternalToken(accountId: string, hash: Buffer, days: number): Promise<void> {
      await sql`
        with ended as (
          delete from almanac.internal_tokens
          where expires_at < now()
        )
        insert into almanac.internal_tokens (token_sha256, account_id, expires_at)
        values (${hash}, ${accountId}, now() + make_interval(days => ${days}))`;
    },
  };
}

const contactRows = (contacts: Contact[]) => contacts.map(({ name, email }) => ({ name, email }));

function recordOf(row: Row): AccountRecord {
  return {
    id: row.id,
    name: row.name,
    contact: row.contacts,
    access: Object.fromEntries(allRights.map((right) => [right, row[`may_${right}`]])) as Record<
      Right,
      boolean
    >,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    revokedAt: row.revoked_at,
  };
}
