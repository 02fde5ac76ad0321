import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { testDatabase } from '../testing/index.ts';
import type { JsonObject, StoredRecord } from './model/record.ts';
import { lockRegistry, saveRecords, unlockRegistry } from './records/records.store.ts';
import { registerPages } from './records/register-pages.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

// A server that finds more records than it reads by itself: another thread reads them, and they are kept as they lie.

const at = '2025-12-01T00:00:00Z';
const count = 1_200;
/** Ids that are not in the order of writing. */
const idOf = (seq: number) => ((seq * 7_919) % 100_003).toString(16).padStart(32, '0');

function stored(seq: number): StoredRecord {
  const record = {
    name: `Archive “${seq}” of Zürich`,
    url: `https://r${seq}.example/`,
    country_code: seq % 3 === 0 ? 'CL' : 'KE',
    repository_type: ['Institutional', ...(seq % 2 === 0 ? ['Aggregating'] : [])],
  };
  const register =
    seq % 100 === 0
      ? { deleted: at }
      : {
          metadata: [{ lang: 'en', default: true, record }],
          policy: [{ policy_type: 'Data', terms: [`Rule ${seq % 2}`] }],
          api: [
            { api_type: 'oai-pmh', version: '2.0', base_url: `https://oai${seq}.example/request` },
            { api_type: 'rss', version: '1.0' },
          ],
        };
  const dates = { created_date: at, last_updated: at, version_created: at };
  // A tombstone keeps admin data, and with it the address at which it was looked for.
  const admin: Record<string, JsonObject> =
    seq % 100 === 0 ? { harvest: { home: { url: `https://r${seq}.example/` } } } : {};
  return { seq, record: { id: idOf(seq), ...dates, ver: 1, register, admin } };
}

const ends = endings();
const database = await testDatabase(ends, { max: 6 });
await database.sql.begin(async (tx) => {
  await lockRegistry(tx);
  await saveRecords(
    tx,
    Array.from({ length: count }, (_, place) => stored(place + 1)),
  );
  await unlockRegistry(tx, count, Date.parse(at));
});
const { ask, get, url, account, registry } = await registryApp(ends, { database });
const key = await account('writer', ['registry', 'admin']);

/** What the tables say, which is what nightly files have, too. */
async function linesOfTables(): Promise<string[]> {
  const lines: string[] = [];
  for await (const page of registerPages(database.sql)) lines.push(...page);
  return lines;
}

const linesOfDump = async () => (await get('/dump')).text.split('\n');

async function inUse(path: string): Promise<Record<string, number>> {
  const { terms } = (await get(`/vocabularies/${path}`)).body as {
    terms: { term: string; in_use: number }[];
  };
  return Object.fromEntries(
    terms.filter(({ in_use }) => in_use > 0).map(({ term, in_use }) => [term, in_use]),
  );
}

async function totalOf(query: object): Promise<number> {
  const { body } = await ask('POST', '/query', { body: { query, size: 0 } });
  return Number((body.hits as JsonObject).total);
}

const apiOf = (type: string, version: string) => ({
  nested: {
    path: 'register.api',
    query: {
      bool: {
        must: [
          { term: { 'register.api.api_type.exact': type } },
          { term: { 'register.api.version.exact': version } },
        ],
      },
    },
  },
});

suite('a large register', () => {
  after(ends.run);

  test('when it is dumped, then every record is there as the tables have it, by id, also in gzip', async () => {
    const expected = await linesOfTables();
    assert.equal(expected.length, count);
    assert.deepEqual(await linesOfDump(), [...expected, '']);
    const answer = await fetch(`${url}/dump`, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.deepEqual((await answer.text()).split('\n'), [...expected, '']);
  });

  test('then it is known in which repository an address lies, and no deleted one holds any', () => {
    assert.equal(registry.repositoryAt('http://www.r7.example/12/paper.pdf')?.id, idOf(7));
    assert.equal(registry.repositoryAt('https://oai7.example/files/1')?.name, 'Archive “7” of Zürich');
    assert.equal(registry.repositoryAt('https://r100.example/1'), null);
    assert.equal(registry.repositoryAt('https://elsewhere.example/'), null);
  });

  test('then vocabularies count its terms', async () => {
    assert.deepEqual(await inUse('repository_type'), { Institutional: 1_188, Aggregating: 588 });
    assert.deepEqual(await inUse('api_type'), { 'oai-pmh': 1_188, rss: 1_188 });
    assert.deepEqual(await inUse('policy_terms?policy_type=Data'), { 'Rule 0': 588, 'Rule 1': 600 });
  });

  test('when records change, go and come, then everything that is asked follows', async () => {
    const api = [{ api_type: 'rss', version: '2.0', base_url: 'https://feeds.example/7' }];
    const policy = [{ policy_type: 'Data', terms: ['Rule 7'] }];
    await ask('POST', `/record/${idOf(7)}`, { key, body: { register: { api, policy } } });
    await ask('DELETE', `/record/${idOf(8)}`, { key });
    await ask('PUT', `/record/${idOf(100)}`, { key, body: exampleRegister });
    const made = await ask('POST', '/record', { key, body: exampleRegister });

    const lines = await linesOfDump();
    assert.deepEqual(lines, [...(await linesOfTables()), '']);
    assert.ok(lines.some((line) => line.includes(String(made.body.id))));
    assert.equal(await totalOf(apiOf('rss', '2.0')), 1);
    assert.equal(await totalOf(apiOf('rss', '1.0')), 1_186);
    assert.equal(await totalOf(apiOf('oai-pmh', '2.0')), 1_186);
    assert.deepEqual(await inUse('policy_terms?policy_type=Data'), {
      'Rule 0': 587,
      'Rule 1': 599,
      'Rule 7': 1,
    });
    assert.equal(registry.repositoryAt('https://oai7.example/files/1'), null);
    assert.equal(registry.repositoryAt('https://feeds.example/7/1')?.id, idOf(7));
    assert.equal(registry.repositoryAt('https://r8.example/'), null);
  });

  test('when a reader takes the dump slowly while records come, then those that were there are in it once', async () => {
    const before = (await linesOfTables()).map((line) => line.slice(7, 39));
    const answer = await fetch(`${url}/dump`);
    assert.ok(answer.body);
    const decoder = new TextDecoder();
    let text = '';
    for await (const part of answer.body) {
      if (text === '') await ask('POST', '/record', { key, body: exampleRegister });
      text += decoder.decode(part, { stream: true });
    }
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(7, 39));
    assert.deepEqual(ids, before);
  });
});
