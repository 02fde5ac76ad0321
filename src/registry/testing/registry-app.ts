import type { TestContext } from 'node:test';
import { createAccounts } from '../../accounts/index.ts';
import { createHttp, type Right } from '../../platform/http/index.ts';
import type { MailMessage } from '../../platform/mail/index.ts';
import { createMetrics } from '../../platform/metrics/index.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';
import { addRegistry } from '../compose.ts';
import { isObject, type JsonObject } from '../model/record.ts';
import { beginRegister } from '../start/read-register.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: JsonObject;
  text: string;
}

export interface AskOptions {
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

type TestDatabase = Awaited<ReturnType<typeof testDatabase>>;

/** A server of the registry on a loopback port with a database of its own; `clock.time` is its time. */
export async function registryApp(t: Pick<TestContext, 'after'>, given: { database?: TestDatabase } = {}) {
  const database = given.database ?? (await testDatabase(t, { max: 6 }));
  const { sql } = database;
  const clock = { time: Date.parse('2026-01-01T00:00:00Z') };
  const accounts = createAccounts({ sql });
  const mails: MailMessage[] = [];
  const app = await createHttp({
    config: { publicUrl: null, rateLimit: 100_000, trustProxy: [] },
    log: quietLog,
    metrics: createMetrics(),
    version: '1.2.3',
    isUnavailable: () => false,
    authenticate: accounts.authenticate,
  });
  const { url: databaseUrl, dataDir } = database;
  const registry = await addRegistry(app, {
    sql,
    register: beginRegister({ sql, databaseUrl, dataDir, logLevel: 'error' }),
    log: quietLog,
    now: () => clock.time,
    publicUrl: null,
    adminSchemaOf: accounts.adminSchemaOf,
    apiUsageDays: 400,
    contactEmail: null,
    sendMail: async (_tx, message) => {
      mails.push(message);
    },
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  t.after(async () => {
    await app.close();
    await registry.stop();
  });

  /** Makes an account and gives its key. */
  async function account(name: string, rights: Right[], adminSchema?: JsonObject): Promise<string> {
    const created = await accounts.create({ name, rights, ...(adminSchema && { adminSchema }) });
    if ('failure' in created) throw new Error(created.failure);
    return created.token;
  }

  async function ask(
    method: string,
    path: string,
    { key, body, headers = {} }: AskOptions = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: objectOf(text) };
  }

  const get = (path: string, headers: Record<string, string> = {}) => ask('GET', path, { headers });

  return { database, sql, clock, url, app, registry, mails, account, ask, get };
}

export type RegistryApp = Awaited<ReturnType<typeof registryApp>>;

function objectOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : { list: Array.isArray(value) ? value : [] };
  } catch {
    return {};
  }
}

/** A small register that is valid. */
export const exampleRegister: JsonObject = {
  operational_status: 'Operational',
  metadata: [
    {
      lang: 'en',
      default: true,
      record: {
        name: 'Example Repository',
        url: 'http://example.org/',
        country_code: 'gb',
        language_code: ['en'],
      },
    },
  ],
  software: [{ name: 'EPrints', version: '3.4' }],
};

/** Collects what a suite has to end: `const ends = endings(); const app = await registryApp(ends); suite(…, () => after(ends.run)…)`. */
export function endings() {
  const steps: (() => unknown)[] = [];
  return {
    after: (step?: unknown): void => {
      if (typeof step === 'function') steps.push(() => step());
    },
    async run(): Promise<void> {
      for (const step of steps.splice(0).reverse()) await step();
    },
  };
}
