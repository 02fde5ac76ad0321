import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { JsonObject } from './model/record.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { account, ask, get, clock, url } = await registryApp(ends);
const key = await account('counter', ['registry', 'statistics']);

async function record(): Promise<string> {
  const made = await ask('POST', '/record', { key, body: exampleRegister });
  return `/record/${made.body.id}`;
}

suite('statistics of records', () => {
  after(ends.run);

  test('given a statistic, then it is stored as a number, with its owner and date, and found under its address', async () => {
    clock.time = Date.parse('2026-05-05T05:05:05Z');
    const path = await record();
    const made = await ask('POST', `${path}/stats`, { key, body: { value: ' 12.5 ', type: 'item_count' } });
    assert.equal(made.status, 201);
    assert.equal(made.headers.get('location'), `${url}${path}/stat/${made.body.id}`);
    const one = await get(`${path}/stat/${made.body.id}`);
    assert.deepEqual(one.body, {
      id: made.body.id,
      about: path.slice('/record/'.length),
      value: 12.5,
      type: 'item_count',
      date: '2026-05-05T05:05:05Z',
      third_party: 'counter',
    });
    const other = await record();
    assert.equal((await get(`${other}/stat/${made.body.id}`)).status, 404);
    assert.equal((await ask('DELETE', `${path}/stat/${made.body.id}`, { key })).status, 200);
    assert.equal((await get(`${path}/stat/${made.body.id}`)).status, 404);
    assert.deepEqual((await get(`${path}/stats`)).body, { list: [] });
  });

  test('given faulty statistics, then all faults are named', async () => {
    const path = await record();
    const faulty: [JsonObject, string[]][] = [
      [{ value: '', type: 'x' }, ['/value']],
      [{ value: 'NaN', type: 'x' }, ['/value']],
      [{ value: true, type: '' }, ['/value', '/type']],
      [{ value: 1, type: 'x', date: '2021-02-29', unit: 'items' }, ['/unit', '/date']],
      [{ value: 1, type: 'x', date: '2021-02-28T25:00:00Z' }, ['/date']],
      [{ value: 1, type: 'x', date: '0000-01-01' }, ['/date']],
      [{}, ['/value', '/type']],
    ];
    for (const [body, paths] of faulty) {
      const refused = await ask('POST', `${path}/stats`, { key, body });
      assert.equal(refused.status, 400);
      assert.deepEqual(
        (refused.body.errors as { path: string }[]).map((one) => one.path),
        paths,
      );
    }
  });

  test('given several, then they are filtered by date, provider and type, newest first', async () => {
    const path = await record();
    for (const [date, type] of [
      ['2020-01-01', 'all'],
      ['2021-01-01', 'data'],
      ['2022-01-01T10:00:00Z', 'all'],
    ])
      await ask('POST', `${path}/stats`, { key, body: { value: 1, type, date } });
    const dates = async (query: string) =>
      ((await get(`${path}/stats${query}`)).body.list as JsonObject[]).map(({ date }) =>
        String(date).slice(0, 10),
      );
    assert.deepEqual(await dates(''), ['2022-01-01', '2021-01-01', '2020-01-01']);
    assert.deepEqual(await dates('?type=all'), ['2022-01-01', '2020-01-01']);
    assert.deepEqual(await dates('?from=2021-01-01&until=2022-01-01'), ['2022-01-01', '2021-01-01']);
    assert.deepEqual(await dates('?provider=nobody'), []);
    assert.equal((await get(`${path}/stats?from=tomorrow`)).status, 400);
    assert.equal((await get(`${path}/stats?unknown=1`)).status, 400);
    assert.equal((await get(`${path}/stats?from=0000-01-01`)).status, 400);
  });

  test('given a date of the first century, then it is given back as that', async () => {
    const path = await record();
    const made = await ask('POST', `${path}/stats`, {
      key,
      body: { value: 1, type: 'all', date: '0079-10-24' },
    });
    const one = await get(`${path}/stat/${made.body.id}`);
    assert.equal(one.body.date, '0079-10-24T00:00:00Z');
    assert.deepEqual((await get(`${path}/stats`)).body.list, [one.body]);
  });
});
