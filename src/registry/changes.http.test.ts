import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { type JsonObject, objectOf } from './model/record.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { account, ask, get, clock, database } = await registryApp(ends);
const key = await account('changer', ['registry', 'admin']);

async function create(): Promise<string> {
  clock.time += 1000;
  return String((await ask('POST', '/record', { key, body: exampleRegister })).body.id);
}

const hitsOf = (body: JsonObject) => (body.hits as JsonObject).hits as JsonObject[];
const idsOf = (body: JsonObject) => hitsOf(body).map(({ _id }) => String(_id));
const totalOf = (body: JsonObject) => Number((body.hits as JsonObject).total);

suite('changes', () => {
  after(ends.run);

  test('given changes, then they come by date, tombstones included, inclusive at both ends', async () => {
    clock.time = Date.parse('2026-01-01T00:00:00Z');
    const [a, b, c] = [await create(), await create(), await create()];
    clock.time += 1000;
    await ask('DELETE', `/record/${a}`, { key });
    const all = await get('/change?since=2026-01-01');
    assert.deepEqual([idsOf(all.body), totalOf(all.body)], [[b, c, a], 3]);
    assert.ok('deleted' in objectOf(objectOf(hitsOf(all.body)[2], '_source'), 'register'));
    const some = await get('/change?since=2026-01-01T00:00:03Z&until=2026-01-01T00:00:03Z');
    assert.deepEqual(idsOf(some.body), [c]);
    assert.deepEqual(idsOf((await get('/change?until=2026-01-01&from=1&size=1')).body), [c]);
    for (const query of [
      'since=x',
      'since=0000-01-01',
      'since=2026-02-01&until=2026-01-01',
      'size=10001',
      'size=-1',
      'from=a',
      'more=1',
    ])
      assert.equal((await get(`/change?${query}`)).status, 400, query);
  });

  test('given writes while a reader pages, then no record that stayed is lost or comes twice', async () => {
    clock.time = Date.parse('2026-06-01T00:00:00Z');
    const ids: string[] = [];
    for (let made = 0; made < 60; made++) ids.push(await create());
    const changed = new Set<string>();
    const seen: string[] = [];
    for (let from = 0; ; ) {
      const { body } = await get(`/change?since=2026-06-01&from=${from}&size=7`);
      const page = idsOf(body);
      if (page.length === 0) break;
      seen.push(...page);
      from += page.length;
      // One before the reader, one after it, and a new one; a few times.
      if (from > 45) continue;
      for (const place of [from - 5, from + 3]) {
        const id = ids[place] ?? '';
        changed.add(id);
        clock.time += 1000;
        await ask('PUT', `/record/${id}/admin`, { key, body: { from } });
      }
      ids.push(await create());
    }
    const times = (id: string) => seen.filter((one) => one === id).length;
    for (const id of ids) {
      if (changed.has(id)) assert.ok(times(id) >= 1, 'a changed record comes at least once');
      else assert.equal(times(id), 1, `record ${ids.indexOf(id)}`);
    }
    const states = await Promise.all([...changed].map((id) => get(`/record/${id}`)));
    assert.ok(states.every(({ status }) => status === 200));
  });

  test('given the next links, then another server serves them just so', async (t) => {
    const { registryApp: another } = await import('./testing/registry-app.ts');
    const second = await another(t, { database });
    let path: string | null = '/change?size=25';
    const seen: string[] = [];
    for (let turn = 0; path !== null; turn++) {
      const page = await (turn % 2 ? second.get : get)(path);
      seen.push(...idsOf(page.body));
      const link = /<https?:\/\/[^/]+([^>]+)>/.exec(page.headers.get('link') ?? '');
      path = link?.[1] ?? null;
      const first = seen[0] ?? '';
      if (turn === 0) {
        clock.time += 1000;
        await ask('PUT', `/record/${first}/admin`, { key, body: { turn: clock.time } });
      }
    }
    const all = idsOf((await get('/change?size=1000')).body);
    assert.deepEqual(new Set(seen), new Set(all));
    assert.equal(seen.length, all.length + 1);
  });
});
