import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../testing/index.ts';
import { createCatalogue } from '../catalogue.ts';
import type { RegistryRecord, StoredRecord } from '../model/record.ts';
import { lockRegistry, saveRecords, unlockRegistry } from '../records/records.store.ts';
import {
  createReadModel,
  parseQuery,
  put,
  query,
  type ReadModel,
  recordOf,
  valuesInUse,
} from '../search/index.ts';
import { beginRegister } from './read-register.ts';

const at = '2026-01-01T00:00:00Z';

const api = (seq: number) => ({
  api_type: 'rss',
  version: `${seq % 4}`,
  ...(seq % 100 === 1 && { base_url: 'https://oai.example/request' }),
});

const inUse = (model: ReadModel) => valuesInUse(model, 'register.metadata.record.country');

function stored(seq: number): StoredRecord {
  const record = {
    name: `Repository of Zürich "${seq}"`,
    url: `https://r${seq % 700}.example/`,
    country: seq % 3 === 0 ? 'Chile' : 'Kenya',
  };
  const register =
    seq % 50 === 0
      ? { deleted: at }
      : {
          metadata: [{ record }],
          api: [api(seq)],
          policy: [{ policy_type: 'Data', terms: ['Open', 'Open'] }],
        };
  const dates = { created_date: at, last_updated: at, version_created: at };
  return { seq, record: { id: seq.toString(16).padStart(32, '0'), ...dates, ver: 1, register, admin: {} } };
}

const questions: object[] = [
  { query: { match: { _all: 'zurich 77' } }, sort: ['_score', '_id'] },
  {
    query: { match_all: {} },
    size: 40,
    from: 90,
    facets: { c: { terms: { field: 'register.metadata.record.country' } } },
  },
  {
    size: 0,
    query: { nested: { path: 'register.api', query: { term: { 'register.api.version.exact': '3' } } } },
    aggs: { name: { terms: { field: 'register.metadata.record.name' } } },
  },
];

function answer(model: ReadModel, source: object): string {
  const parsed = parseQuery({ source });
  assert.ok(parsed.ok);
  return JSON.stringify(query(model, parsed.query, () => 0));
}

test('given a large register, when it is read at the start, then it is as if every record had been put', async (t) => {
  const database = await testDatabase(t);
  const { sql } = database;
  // More than one batch; the last numbers are for the follower.
  const records = Array.from({ length: 1_300 }, (_, place) => stored(place + 1));
  await sql.begin(async (tx) => {
    await lockRegistry(tx);
    await saveRecords(tx, records);
    await unlockRegistry(tx, 1_290, Date.parse(at));
  });
  const reading = { sql, databaseUrl: database.url, dataDir: database.dataDir, logLevel: 'error' as const };
  const { model, catalogue, read } = beginRegister(reading);
  assert.equal(await read, 1_290);

  const expected = createReadModel();
  const counted = createCatalogue();
  for (const one of records.slice(0, 1_290)) {
    put(expected, one.record);
    counted.put(one, null);
  }
  for (const source of questions) assert.equal(answer(model, source), answer(expected, source));
  assert.deepEqual(inUse(model), inUse(expected));
  assert.equal(inUse(model).get('Chile'), 422);
  assert.deepEqual(catalogue.policyTermsOf('Data'), counted.policyTermsOf('Data'));
  assert.equal(catalogue.policyTermsOf('Data').get('Open'), 1_265);
  assert.deepEqual(catalogue.recordsOn('oai.example'), counted.recordsOn('oai.example'));
  assert.equal(catalogue.size, 1_290);
  assert.deepEqual(catalogue.recordsAt('r7.example'), counted.recordsAt('r7.example'));

  const [first] = records;
  assert.ok(first);
  const before = (id: string) => recordOf(model, id) as RegistryRecord | null;
  assert.equal(catalogue.put(first, before(first.record.id)), false);
  for (const one of [...records.slice(1_290), { ...stored(1), seq: 1_301 }]) {
    assert.ok(catalogue.put(one, before(one.record.id)));
    counted.put(one, recordOf(expected, one.record.id) as RegistryRecord | null);
    put(model, one.record);
    put(expected, one.record);
  }
  for (const source of questions) assert.equal(answer(model, source), answer(expected, source));
  assert.deepEqual(inUse(model), inUse(expected));
  assert.deepEqual(catalogue.policyTermsOf('Data'), counted.policyTermsOf('Data'));
});

test('given a database that is away, when the register is read, then the reason is told', async (t) => {
  const database = await testDatabase(t);
  await database.sql`update almanac.registry_state set last_seq = 5000`;
  const reading = { sql: database.sql, dataDir: database.dataDir, logLevel: 'error' as const };
  await assert.rejects(
    beginRegister({ ...reading, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }).read,
    /cannot connect|ECONNREFUSED/,
  );
});

test('given a start that fails while the register is read, when it is stopped, then the reading is broken off', async (t) => {
  const database = await testDatabase(t);
  const { sql } = database;
  await sql`update almanac.registry_state set last_seq = 5000`;
  const reading = { sql, databaseUrl: database.url, dataDir: database.dataDir, logLevel: 'error' as const };
  const register = beginRegister(reading);
  await register.stop();
  await assert.rejects(register.read, /not needed any more/);
});
