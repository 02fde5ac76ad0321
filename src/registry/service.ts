import { type Sql, together } from '../platform/database/index.ts';
import type { Account, Fault } from '../platform/http/index.ts';
import { adminFaults } from './model/admin-data.ts';
import { readBody } from './model/body.ts';
import { checkRegister } from './model/check-register.ts';
import { isObject, type JsonObject, type StoredRecord } from './model/record.ts';
import type { Write } from './records/decide.ts';
import { loadRecords } from './records/records.store.ts';
import type { Written } from './records/write-lane.ts';
import { checkStatistic } from './statistics/check-statistic.ts';
import {
  deleteStatistic,
  findStatistic,
  insertStatistics,
  type Statistic,
} from './statistics/statistics.store.ts';

/** Outcomes of a write; the routes turn them into answers. */
export type WriteOutcome =
  | Written
  | { kind: 'faulty'; faults: Fault[] }
  | { kind: 'forbidden'; detail: string };

export type StatisticOutcome = { kind: 'added'; statistic: Statistic } | { kind: 'faulty'; faults: Fault[] };

export interface ServiceParts {
  sql: Sql;
  now(): number;
  /** 32 lower-case hexadecimal digits. */
  newId(): string;
  write(write: Write): Promise<Written>;
  /** The JSON Schema an account registered for its admin data. */
  adminSchemaOf(accountId: string): Promise<unknown>;
}

/** The name under which an account's admin data and statistics lie: the server's own agents go by their short name. */
export function ownName({ name }: Pick<Account, 'name'>): string {
  return name.replace(/^agent:/, '');
}

/** Writes by the rules of registry.md §3. */
export function createRegistryService({ sql, now, newId, write, adminSchemaOf }: ServiceParts) {
  const insert = together(async (statistics: Statistic[]) => {
    await insertStatistics(sql, statistics);
    return statistics;
  });

  async function schemaOf({ id }: Account): Promise<JsonObject | null> {
    const schema = await adminSchemaOf(id);
    return isObject(schema) ? schema : null;
  }

  async function ownAdmin(
    account: Account,
    given: unknown,
    path: string,
  ): Promise<{ data?: JsonObject; faults: Fault[] } | { forbidden: string }> {
    if (given === undefined) return { faults: [] };
    if (!account.access.admin)
      return { forbidden: `The account ${account.name} does not have the right "admin".` };
    const faults = adminFaults(given, await schemaOf(account), path);
    return isObject(given) ? { data: given, faults } : { faults };
  }

  async function writeBody(
    kind: 'create' | 'merge' | 'replace',
    account: Account,
    id: string,
    body: unknown,
    ifMatch: string | undefined,
  ): Promise<WriteOutcome> {
    const own = ownName(account);
    const read = readBody(body, own);
    const admin = await ownAdmin(account, read.admin, `${read.path.replace('/register', '/admin')}/${own}`);
    if ('forbidden' in admin) return { kind: 'forbidden', detail: admin.forbidden };
    const checked = checkRegister(read.register, read.path);
    const faults = [...read.faults, ...checked.faults, ...admin.faults];
    if (kind !== 'merge' && faults.length === 0 && Object.keys(checked.register).length === 0) {
      const message =
        kind === 'create' ? 'must not be empty' : 'must not be empty; use DELETE to delete a record';
      faults.push({ path: read.path, message });
    }
    if (faults.length > 0) return { kind: 'faulty', faults };
    const common = { id, account: account.name, own, admin: admin.data, ifMatch };
    if (kind === 'merge')
      return write({
        kind,
        register: checked.register,
        emptied: checked.emptied,
        path: read.path,
        ...common,
      });
    return write({ kind, register: checked.register, ...common });
  }

  return {
    create: (account: Account, body: unknown) => writeBody('create', account, newId(), body, undefined),
    merge: (account: Account, id: string, body: unknown, ifMatch?: string) =>
      writeBody('merge', account, id, body, ifMatch),
    replace: (account: Account, id: string, body: unknown, ifMatch?: string) =>
      writeBody('replace', account, id, body, ifMatch),
    delete: (account: Account, id: string, ifMatch?: string): Promise<WriteOutcome> =>
      write({ kind: 'delete', id, account: account.name, own: ownName(account), ifMatch }),

    /** Replaces own admin data as a whole; `{}` takes it away. */
    async putAdmin(account: Account, id: string, body: unknown, ifMatch?: string): Promise<WriteOutcome> {
      const faults = adminFaults(body, await schemaOf(account), '');
      if (faults.length > 0 || !isObject(body)) return { kind: 'faulty', faults };
      return write({ kind: 'admin', id, account: account.name, own: ownName(account), admin: body, ifMatch });
    },

    /** The record, tombstones included; null when there is none. */
    async read(id: string): Promise<StoredRecord | null> {
      return (await loadRecords(sql, [id])).get(id) ?? null;
    },

    async addStatistic(account: Account, about: string, body: unknown): Promise<StatisticOutcome> {
      const checked = checkStatistic(body, now());
      if (!checked.ok) return { kind: 'faulty', faults: checked.faults };
      const statistic = { id: newId(), about, ...checked.statistic, third_party: ownName(account) };
      await insert(statistic);
      return { kind: 'added', statistic };
    },

    async deleteStatistic(
      account: Account,
      about: string,
      id: string,
    ): Promise<'deleted' | 'unknown' | 'foreign'> {
      const statistic = await findStatistic(sql, about, id);
      if (statistic === null) return 'unknown';
      if (statistic.third_party !== ownName(account)) return 'foreign';
      await deleteStatistic(sql, about, id);
      return 'deleted';
    },
  };
}

export type RegistryService = ReturnType<typeof createRegistryService>;
