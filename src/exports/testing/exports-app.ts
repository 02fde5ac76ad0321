import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createAccounts } from '../../accounts/index.ts';
import { createHttp } from '../../platform/http/index.ts';
import { createMetrics } from '../../platform/metrics/index.ts';
import { addRegistry, beginRegister, type JsonObject, type RegistryRecord } from '../../registry/index.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';
import { addExportRoutes } from '../routes.ts';
import { createShelf } from '../shelf/shelf.ts';

/** A server of the registry and the exports with a database and a folder of its own; `clock.time` is its time. */
export async function exportsApp(t: Pick<TestContext, 'after'>) {
  const database = await testDatabase(t, { max: 6 });
  const { sql, url: databaseUrl, dataDir } = database;
  const clock = { time: Date.parse('2026-03-05T00:29:00Z') };
  const now = () => clock.time;
  const accounts = createAccounts({ sql });
  const app = await createHttp({
    config: { publicUrl: null, rateLimit: 100_000, trustProxy: [] },
    log: quietLog,
    metrics: createMetrics(),
    version: '1.2.3',
    isUnavailable: () => false,
    authenticate: accounts.authenticate,
  });
  const registry = await addRegistry(app, {
    sql,
    register: beginRegister({ sql, databaseUrl, dataDir, logLevel: 'error' }),
    log: quietLog,
    now,
    publicUrl: null,
    adminSchemaOf: accounts.adminSchemaOf,
    apiUsageDays: 400,
    contactEmail: null,
    sendMail: async () => undefined,
  });
  const folder = join(dataDir, 'exports');
  const shelf = createShelf({ sql, folder, now });
  addExportRoutes(app, { shelf });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  t.after(async () => {
    await app.close();
    await registry.stop();
  });
  const made = await accounts.create({ name: 'writer', rights: ['registry', 'admin'] });
  if ('failure' in made) throw new Error(made.failure);

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });

  return {
    databaseUrl,
    dataDir,
    sql,
    clock,
    folder,
    shelf,
    parts: { sql, shelf, now },
    get,
    list: async () => (await (await get('/exports')).json()) as { exports: JsonObject[] },
    dump: async () => (await get('/dump')).text(),
    async records() {
      const lines = (await (await get('/dump')).text()).trim().split('\n');
      return lines.map((line) => JSON.parse(line) as RegistryRecord);
    },
    /** Writes a record; answers its id. */
    async post(register: JsonObject, admin?: JsonObject): Promise<string> {
      const response = await fetch(`${url}/record`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ register, ...(admin && { admin: { writer: admin } }) }),
      });
      const { id } = (await response.json()) as { id?: string };
      if (id === undefined) throw new Error(`status ${response.status}`);
      return id;
    },
    async remove(id: string): Promise<void> {
      await fetch(`${url}/record/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${made.token}` },
      });
    },
  };
}

/** A register that is valid, of a repository of that name. */
export function registerOf(name: string, more: JsonObject = {}): JsonObject {
  const record = { name, url: 'http://example.org/', country_code: 'na', language_code: ['en', 'fr'] };
  return {
    operational_status: 'Operational',
    metadata: [{ lang: 'en', default: true, record: { ...record, ...more } }],
    software: [{ name: 'EPrints', version: '3.4' }, { name: 'DSpace' }],
    api: [{ api_type: 'oai-pmh', base_url: 'http://example.org/oai' }],
  };
}
