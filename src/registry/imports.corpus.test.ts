import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createAccounts } from '../accounts/index.ts';
import { createClient } from '../client/index.ts';
import { runOpendoar, runRoar } from '../importers/index.ts';
import { entriesOf, type JsonObject, objectOf } from './model/record.ts';
import { type RegistryApp, registryApp } from './testing/registry-app.ts';

// The figures of registry.md, last table, through the real server, the client and the importers.

const corpus = process.env.CORPUS;

async function client({ database, url }: RegistryApp, name: string) {
  const token = await createAccounts(database).importerToken(name, ['registry', 'statistics', 'admin']);
  assert.equal(typeof token, 'string');
  return createClient({ baseUrl: url, token: String(token) });
}

suite('the corpora of the registry', { skip: corpus === undefined && 'CORPUS is not set' }, () => {
  const file = (name: string) => join(corpus ?? '', 'registry', name);

  test('given the OpenDOAR export of 2014, then every figure is met, and a second run changes nothing', async (t) => {
    const app = await registryApp(t);
    const run = {
      client: await client(app, 'opendoar'),
      files: [file('opendoar-2014-01-export-2570.xml')],
      options: {},
    };
    const began = performance.now();
    const first = await runOpendoar(run);
    const seconds = (performance.now() - began) / 1000;
    t.diagnostic(`${Math.round(2570 / seconds)} repositories/s`);
    assert.deepEqual(first, {
      ok: true,
      value: { read: 2570, created: 2570, updated: 0, unchanged: 0, rejected: [], statistics: 2448 },
    });
    const again = await runOpendoar(run);
    assert.deepEqual(again, {
      ok: true,
      value: { read: 2570, created: 0, updated: 0, unchanged: 2570, rejected: [], statistics: 0 },
    });
    const [history] = await app.sql<
      { n: number }[]
    >`select count(*)::integer as n from almanac.record_history`;
    assert.equal(history?.n, 0);
    const [sum] = await app.sql<{ n: number; total: number }[]>`
      select count(*)::integer as n, sum(value)::float8 as total from almanac.record_statistics`;
    assert.deepEqual([sum?.n, sum?.total], [2448, 165_489_243]);

    const terms = async (field: string) => {
      const facets = { f: { terms: { field, size: 0 } } };
      const { body } = await app.ask('POST', '/query', { body: { size: 0, facets } });
      const facet = objectOf(objectOf(body, 'facets'), 'f');
      const counts = new Map(entriesOf(facet, 'terms').map(({ term, count }) => [term, count]));
      return { counts, missing: facet.missing };
    };
    const { counts: countries } = await terms('register.metadata.record.country_code.exact');
    assert.equal(countries.size, 109);
    assert.deepEqual(
      ['US', 'GB', 'DE', 'JP', 'ES', 'NA'].map((code) => countries.get(code)),
      [437, 219, 168, 143, 109, 3],
    );
    const { counts: continents } = await terms('register.metadata.record.continent.exact');
    assert.deepEqual(Object.fromEntries(continents), {
      Europe: 1181,
      'North America': 553,
      Asia: 454,
      'South America': 229,
      Africa: 91,
      Oceania: 62,
    });
    const { counts: organisations } = await terms('register.organisation.details.name.exact');
    assert.deepEqual([organisations.size, Math.max(...[...organisations.values()].map(Number))], [2129, 18]);
    const { counts: apis, missing } = await terms('register.api.api_type.exact');
    assert.deepEqual([apis.get('oai-pmh'), missing], [1699, 871]);
    assert.equal((await terms('register.organisation.details.unit.exact')).missing, 2570 - 760);
    assert.equal((await terms('register.organisation.details.lat')).missing, 10);
    const total = async (query: JsonObject) => {
      const { body } = await app.ask('POST', '/query', { body: { size: 0, query } });
      return objectOf(body, 'hits').total;
    };
    assert.equal(await total({ term: { 'register.metadata.record.name': 'repository' } }), 634);
    assert.equal(await total({ term: { 'register.metadata.record.name': 'university' } }), 509);
    const { counts: names } = await terms('register.metadata.record.name.exact');
    const escaped = (await readFile(run.files[0] ?? '', 'utf8')).match(
      /<rName>[^<]*&amp;(?:\w+|#\w+);[^<]*</g,
    );
    assert.equal(escaped?.length, 36);
    assert.ok(names.has('Adelaide Research & Scholarship'));
    assert.deepEqual(
      [...names.keys()].filter((name) => /&(?:\w+|#\w+);/.test(String(name))),
      [],
    );
    const { counts: invalid } = await terms('admin.opendoar.invalid.field.exact');
    assert.deepEqual(Object.fromEntries(invalid), { oUrl: 3, rOaiBaseUrl: 1 });
  });

  test('given the queries real clients send, then they find what they must', async (t) => {
    const app = await registryApp(t);
    const files = [file('opendoar-2014-01-export-2570.xml')];
    await runOpendoar({ client: await client(app, 'opendoar'), files, options: {} });
    const queries = JSON.parse(await readFile(file('facetview-queries.json'), 'utf8')) as {
      name: string;
      source: string;
      /** Absent where another implementation may count otherwise. */
      total?: number;
    }[];
    for (const { name, source, total } of queries) {
      const { status, body, text } = await app.get(`/query?&source=${encodeURIComponent(source)}`);
      assert.equal(status, 200, `${name}: ${text.slice(0, 200)}`);
      if (total !== undefined)
        assert.equal(objectOf(body, 'hits').total, total, `${name}: ${text.slice(0, 200)}`);
    }
  });

  test('given the sample of a full export, then what its comment says', async (t) => {
    const app = await registryApp(t);
    const run = {
      client: await client(app, 'opendoar'),
      files: [file('opendoar-full-sample.xml')],
      options: {},
    };
    const first = await runOpendoar(run);
    assert.deepEqual(first.ok && [first.value.created, first.value.rejected, first.value.statistics], [
      3,
      [],
      2,
    ]);
    const again = await runOpendoar(run);
    assert.deepEqual(again.ok && [again.value.unchanged, again.value.statistics], [3, 0]);
    const records = (await app.get('/change')).body;
    const byRid = new Map(
      entriesOf(objectOf(records, 'hits'), 'hits').map((hit) => {
        const source = objectOf(hit, '_source');
        return [objectOf(objectOf(source, 'admin'), 'opendoar').rid, objectOf(source, 'register')];
      }),
    );
    const full = byRid.get(9001) ?? {};
    const record = objectOf(entriesOf(full, 'metadata')[0], 'record');
    assert.deepEqual(
      [
        record.country_code,
        record.continent,
        record.language_code,
        record.repository_type,
        record.description,
      ],
      ['GR', 'Europe', ['el', 'en'], ['Institutional'], 'Theses and papers. Some items are embargoed.'],
    );
    assert.equal(record.url, 'http://olive.example.org/xmlui/?a=1&b=2');
    assert.deepEqual(full.software, [{ name: 'DSpace', version: '1.8.2' }]);
    const policies = entriesOf(full, 'policy').map(({ policy_type: type, terms }) => [
      type,
      (terms as string[]).length,
    ]);
    assert.deepEqual(policies, [
      ['Metadata', 2],
      ['Preservation', 1],
    ]);
    const phones = entriesOf(full, 'contact').map((contact) => objectOf(contact, 'details').phone);
    assert.deepEqual(phones, ['+30 210 0000000', '+30 210 1111111']);
    const shelf = objectOf(entriesOf(byRid.get(9002) ?? {}, 'metadata')[0], 'record');
    assert.deepEqual(
      [shelf.name, shelf.description, shelf.country],
      ['"Digital" R&D Shelf', 'Interface in English', 'Namibia'],
    );
  });

  test('given OpenDOAR’s v2 sample, then three are imported', async (t) => {
    const app = await registryApp(t);
    const run = {
      client: await client(app, 'opendoar'),
      files: [file('opendoar-v2-sample.json')],
      options: {},
    };
    const first = await runOpendoar(run);
    assert.deepEqual(first, {
      ok: true,
      value: {
        read: 4,
        created: 3,
        updated: 0,
        unchanged: 0,
        rejected: [{ id: 9104, reason: 'not visible' }],
        statistics: 1,
      },
    });
    const again = await runOpendoar(run);
    assert.deepEqual(again.ok && [again.value.unchanged, again.value.statistics], [3, 0]);
  });

  test('given ROAR’s sample, then three are created with six statistics, and a second run changes nothing', async (t) => {
    const app = await registryApp(t);
    const run = { client: await client(app, 'roar'), files: [file('roar-sample.xml')], options: {} };
    const first = await runRoar(run);
    assert.deepEqual(first, {
      ok: true,
      value: {
        read: 4,
        created: 3,
        updated: 0,
        unchanged: 0,
        rejected: [{ id: 104, reason: 'it has no home page' }],
        statistics: 6,
      },
    });
    const again = await runRoar(run);
    assert.deepEqual(again.ok && [again.value.unchanged, again.value.statistics], [3, 0]);
  });
});
