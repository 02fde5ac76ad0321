import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ndjson } from './testing/deliveries.ts';
import { problemOf } from './testing/problem.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const JSON_TYPE = 'application/json';
const LINES = 'application/x-ndjson';

interface Taken {
  accepted: number;
  rejected: { position: number; reason: string; errors?: { path: string; message: string }[] }[];
}

describe('given bad JSON', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  for (const [name, body, says] of [
    ['nothing', '', /empty/],
    ['half an object', '{"publications":[', /line 1, column 18/],
    ['an array', '[]', /publications/],
    ['another field', '{"records":[]}', /publications/],
    ['no list', '{"publications":{}}', /publications/],
    ['null', 'null', /publications/],
    ['a key that changes objects', '{"publications":[],"__proto__":{"x":1}}', /__proto__/],
    ['20,000 arrays inside each other', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, /publications|deep/],
  ] as const) {
    test(`given ${name} as publications, then 400 says so`, async () => {
      const { detail } = await problemOf(await server.post('/api/publications', JSON_TYPE, body), 400);
      assert.match(detail, says);
    });
  }

  test('given bytes that are not UTF-8, then 400', async () => {
    const body = new Uint8Array(Buffer.from('{"publications":[{"id":"é"}]}', 'latin1'));
    await problemOf(await server.post('/api/publications', JSON_TYPE, body), 400);
  });

  test('given more than 10 MiB of JSON, compressed or not, then 413', async () => {
    const large = `{"publications":[${' '.repeat(11 * 1024 * 1024)}]}`;
    await problemOf(await server.post('/api/publications', JSON_TYPE, large), 413);
    const packed = await server.ask('/api/publications', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.key}`,
        'content-type': JSON_TYPE,
        'content-encoding': 'gzip',
      },
      body: new Uint8Array(gzipSync(large)),
    });
    await problemOf(packed, 413);
  });

  test('given publications with several faults each, then every fault is named by its path', async () => {
    const body = {
      publications: [
        { id: 'doi:10.1234/good', title: 'Good' },
        {
          id: 17,
          identifiers: 'doi:10.1234/x',
          title: ['T'],
          urls: [{ kind: 'movie' }, 'x'],
          authors: [{ name: 5 }, null],
          datestamp: 'soon',
          deleted: 'yes',
        },
        { title: 'without any id' },
        'no object',
        { identifiers: ['doi:10.1234/also-good'], unknown: 1 },
      ],
    };
    const answer = await server.post('/api/publications', JSON_TYPE, JSON.stringify(body));
    assert.equal(answer.status, 202);
    const { accepted, rejected } = (await answer.json()) as Taken;
    assert.equal(accepted, 2);
    assert.deepEqual(
      rejected.map(({ position }) => position),
      [2, 3, 4],
    );
    const paths = rejected[0]?.errors?.map(({ path }) => path) ?? [];
    for (const part of [
      'id',
      'identifiers',
      'title',
      'urls[0].url',
      'urls[0].kind',
      'urls[1]',
      'authors[0].name',
      'authors[1]',
      'datestamp',
      'deleted',
    ]) {
      assert.ok(paths.includes(`publications[1].${part}`), `${part} is not among ${paths.join(', ')}`);
    }
    assert.ok(rejected[2]?.errors?.some(({ path }) => path === 'publications[3]'));
  });

  test('given lines of which some are bad, then every fault of every line is named and the good ones count', async () => {
    const good = { time: '2024-03-01T10:00:00Z', item: 'oai:lines.example.org:1', user: 'u1' };
    const future = new Date(Date.now() + 25 * 3_600_000).toISOString();
    const body = ndjson(
      good,
      '',
      '{"time":',
      '[1]',
      'null',
      { ...good, time: undefined },
      { ...good, time: '2024-03-01' },
      { ...good, time: future },
      { ...good, item: undefined },
      { ...good, item: 'nothing known' },
      { ...good, kind: 'other', status: '200', color: 'red', user: 5 },
      { ...good, status: 1000 },
      { ...good, user: 'null\u0000character' },
      { ...good, item: 'oai:lines.example.org:\u0000' },
      '{"time":"2024-03-01T10:00:00Z","item":"oai:lines.example.org:1","user":"\\ud800"}',
      { ...good, user_agent: 'x'.repeat(70_000) },
      { ...good, user: 'u2', time: '2024-03-01T10:00:00' },
    );
    const answer = await server.post('/api/usage/events?source=lines', LINES, body);
    assert.equal(answer.status, 202);
    const { accepted, rejected } = (await answer.json()) as Taken;
    assert.deepEqual(
      rejected.map(({ position }) => position),
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
    );
    assert.equal(accepted, 2);
    const many = rejected[8]?.reason ?? '';
    for (const part of [/kind/, /status/, /color/, /user/]) assert.match(many, part);
    await server.client.usage.waitUntilCounted();
    const { metrics } = await server.client.usage.statistics('publication', 'oai:lines.example.org:1');
    assert.equal(metrics.total_item_requests, 2);
  });

  test('given lines that are not UTF-8, then 400 and nothing is stored', async () => {
    const body = new Uint8Array(
      Buffer.from(`${ndjson({ time: '2024-03-01T10:00:00Z', item: 'oai:x.example.org:é' })}\n`, 'latin1'),
    );
    const { detail } = await problemOf(await server.post('/api/usage/events', LINES, body), 400);
    assert.match(detail, /UTF-8/);
  });

  test('given one line without an end, then it is rejected without filling the memory', async () => {
    const answer = await server.post('/api/usage/events', LINES, 'x'.repeat(20 * 1024 * 1024));
    assert.equal(answer.status, 202);
    assert.equal(((await answer.json()) as Taken).rejected.length, 1);
  });

  test('given another content type for lines, then 415', async () => {
    for (const type of ['application/json', 'text/plain', 'application/xml']) {
      await problemOf(await server.post('/api/usage/events', type, '{}'), 415);
    }
  });
});
