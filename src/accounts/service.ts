import { type Sql, together } from '../platform/database/index.ts';
import type { Right } from '../platform/http/index.ts';
import { type AccountFailure, type AccountRecord, faultOf, type NewAccount } from './account.ts';
import { accountStore } from './store.ts';
import { newToken, tokenHash } from './token.ts';

export interface CreatedAccount {
  account: AccountRecord;
  /** Shown once; only its hash is stored. */
  token: string;
  /** True when the account existed: its old token stopped working and its rights were replaced. */
  rotated: boolean;
}

export interface Accounts {
  create(account: NewAccount): Promise<CreatedAccount | AccountFailure>;
  /** All accounts by name, revoked ones and the server's own included. */
  list(): Promise<AccountRecord[]>;
  /** False when no working account has this name. */
  revoke(name: string): Promise<boolean>;
  /** The account of a token at this moment; nothing is remembered between calls, so a revoked token stops at once. */
  authenticate(token: string): Promise<AccountRecord | null>;
  /**
   * A token of the server's own account `agent:<name>`, for agents and the command line. Each call gives another one,
   * good for seven days; those given before go on working, for they may be in use in other processes.
   */
  internalToken(name: string, rights: readonly Right[]): Promise<string>;
  /**
   * A token of an account that an importer works as (`opendoar`, `roar`), good for seven days. The account is made on first use;
   * one that exists keeps its own token and must have the rights.
   */
  importerToken(name: string, rights: readonly Right[]): Promise<string | AccountFailure>;
  /** The JSON Schema that was registered for an account's admin data; null: none. */
  adminSchemaOf(accountId: string): Promise<Record<string, unknown> | null>;
}

export function createAccounts({ sql }: { sql: Sql }): Accounts {
  const store = accountStore(sql);
  const byToken = together(store.byTokens);
  return {
    async create(account) {
      const normal = { ...account, name: account.name.normalize('NFC') };
      const fault = faultOf(normal);
      if (fault) return fault;
      const token = newToken();
      const { record, existed } = await store.save(
        normal.name,
        account.contacts ?? null,
        account.rights,
        tokenHash(token),
        account.adminSchema === undefined ? null : JSON.stringify(account.adminSchema),
      );
      return { account: record, token, rotated: existed };
    },
    list: store.list,
    revoke: store.revoke,
    authenticate: (token) => byToken(tokenHash(token)),
    async internalToken(name, rights) {
      const { record } = await store.save(`agent:${name}`, null, rights, null);
      const token = newToken();
      await store.addInternalToken(record.id, tokenHash(token), 7);
      return token;
    },
    async importerToken(name, rights) {
      const account = await store.ensure(name, rights);
      const lacking = rights.filter((right) => !account.access[right]);
      if (account.revokedAt !== null) return { failure: `the account ${name} has been revoked` };
      if (lacking.length > 0) return { failure: `the account ${name} lacks the right ${lacking.join(', ')}` };
      const token = newToken();
      await store.addInternalToken(account.id, tokenHash(token), 7);
      return token;
    },
    adminSchemaOf: together(store.adminSchemas),
  };
}
