import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { JsonObject } from './model/record.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

const ends = endings();
const first = await registryApp(ends);
const second = await registryApp(ends, { database: first.database });
const key = await first.account('writer', ['registry', 'admin']);

const total = ({ body }: { body: JsonObject }) => Number((body.hits as JsonObject).total);
const named = (name: string) => ({ metadata: [{ record: { name } }] });

suite('/query', () => {
  after(ends.run);

  test('given a write that was answered, then the next query of the same server knows it', async () => {
    const made = await first.ask('POST', '/record', { key, body: named('Xylophone Archive') });
    assert.equal(total(await first.get('/query?q=xylophone')), 1);
    await first.ask('PUT', `/record/${made.body.id}`, { key, body: named('Marimba Archive') });
    assert.equal(total(await first.get('/query?q=xylophone')), 0);
    assert.equal(total(await first.get('/query?q=marimba')), 1);
    await first.ask('DELETE', `/record/${made.body.id}`, { key });
    assert.equal(total(await first.get('/query?q=marimba')), 0);
  });

  test('given a write on one server, then another follows within a second', async () => {
    await first.ask('POST', '/record', { key, body: named('Glockenspiel Archive') });
    const until = Date.now() + 60_000;
    while (total(await second.get('/query?q=glockenspiel')) === 0 && Date.now() < until);
    assert.equal(total(await second.get('/query?q=glockenspiel')), 1);
    const term = await second.get('/vocabularies/repository_type');
    assert.equal(term.status, 200);
  });

  test('given a write that another server has answered, then a dump that begins later has it', async () => {
    const made = await first.ask('POST', '/record', { key, body: named('Celesta Archive') });
    assert.ok((await second.get('/dump')).text.includes(String(made.body.id)));
  });

  test('given query objects, by GET with an empty pair or by POST, then they are answered alike', async () => {
    await first.ask('POST', '/record', { key, body: exampleRegister });
    const source = { query: { term: { 'register.software.name.exact': 'EPrints' } }, size: 1 };
    const asked = await first.get(`/query?&source=${encodeURIComponent(JSON.stringify(source))}`);
    const posted = await first.ask('POST', '/query', { body: source });
    assert.equal(total(asked), 1);
    assert.deepEqual(posted.body.hits, asked.body.hits);
    assert.equal((await first.get('/query?fields=nothing')).status, 400);
    const refused = await first.ask('POST', '/query', { body: { query: { more_like_this: {} } } });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /more_like_this/);
  });

  test('given vocabularies, then terms in use are counted and unlisted ones marked', async () => {
    const made = await first.ask('POST', '/record', {
      key,
      body: { policy: [{ policy_type: 'Data', terms: ['Own term'] }], operational_status: 'Asleep' },
    });
    const termsOf = async (path: string) => (await first.get(path)).body.terms as JsonObject[];
    const status = await termsOf('/vocabularies/operational_status');
    assert.deepEqual(status.at(-1), { term: 'Asleep', in_use: 1, listed: false });
    assert.deepEqual(await termsOf('/vocabularies/policy_terms?policy_type=Data'), [
      { term: 'Own term', in_use: 1, listed: false },
    ]);
    await first.ask('DELETE', `/record/${made.body.id}`, { key });
    assert.equal((await termsOf('/vocabularies/operational_status')).length, 6);
    assert.equal((await first.get('/vocabularies/none')).status, 404);
    const namibia = (await termsOf('/vocabularies/country')).find(({ code }) => code === 'NA');
    assert.equal(namibia?.term, 'Namibia');
    const list = (await first.get('/vocabularies')).body.list as JsonObject[];
    assert.equal(list.length, 16);
    assert.equal(
      (await first.get('/schemas/register')).body.$schema,
      'https://json-schema.org/draft/2020-12/schema',
    );
  });

  test('given the dump, then it holds every record as it is read, one a line, by id', async () => {
    const lines = (await first.get('/dump')).text.trim().split('\n');
    const ids = lines.map((line) => String(JSON.parse(line).id));
    assert.deepEqual(ids, ids.toSorted());
    for (const line of lines) {
      const record = JSON.parse(line) as JsonObject;
      assert.deepEqual(record, (await first.get(`/record/${record.id}`)).body);
    }
    const zipped = await fetch(`${first.url}/dump`, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(zipped.headers.get('content-encoding'), 'gzip');
    assert.equal((await zipped.text()).trim().split('\n').length, lines.length);
  });

  test('given calls of the API, then they are counted by route, account and day without values or keys', async () => {
    await first.get('/query?q=secret%20words');
    await first.registry.flushApiUsage();
    const routes = (await first.get('/api/api-usage?by=route')).body.list as JsonObject[];
    assert.ok(routes.some(({ route, method }) => route === '/query' && method === 'GET'));
    const accounts = (await first.get('/api/api-usage?by=account')).body.list as JsonObject[];
    assert.deepEqual(accounts.map(({ account }) => account).sort(), [null, 'writer'].sort());
    const rows = await first.sql<{ all: string }[]>`select api_usage::text as all from almanac.api_usage`;
    assert.ok(
      rows.every(({ all }) => !all.includes('secret') && !all.includes('127.0.0.1') && !all.includes(key)),
    );
    const before = (await first.get('/api/api-usage?by=day')).body.list as JsonObject[];
    first.clock.time += 500 * 86_400_000;
    await first.sql`update almanac.api_usage set at = ${new Date(first.clock.time - 86_400_000)}`;
    await first.registry.daily();
    first.clock.time += 500 * 86_400_000;
    await first.registry.daily();
    const kept = (await first.get('/api/api-usage?by=day')).body.list as JsonObject[];
    assert.equal(kept[0]?.requests, before[0]?.requests);
  });
});
