import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { contextObject, contextObjects, ndjson } from './testing/deliveries.ts';
import { problemOf } from './testing/problem.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const objects = contextObjects(contextObject({}));
const WRITES = [
  ['POST', '/api/usage/context-objects', 'application/xml', objects],
  ['POST', '/api/usage/events', 'application/x-ndjson', '{}'],
  ['POST', '/api/publications', 'application/json', '{"publications":[]}'],
  ['GET', '/api/usage/openurl', null, null],
] as const;

describe('given callers with and without a key', () => {
  let server: TestServer;
  let reader = '';
  let operator = '';
  before(async () => {
    server = await startTestServer();
    reader = await server.keyOf('reader');
    operator = await server.keyOf('operator', 'operator', 'deposit');
  });
  after(() => server.stop());

  const write = (
    path: string,
    type: string | null,
    body: string | null,
    key: string | null,
    method = 'POST',
  ) =>
    server.ask(path, {
      method,
      headers: { ...(type && { 'content-type': type }), ...(key && { authorization: `Bearer ${key}` }) },
      body,
    });

  for (const [method, path, type, body] of WRITES) {
    test(`${method} ${path}, given no key or an unknown one, then 401; without the right, then 403`, async () => {
      const none = await write(path, type, body, null, method);
      assert.match(none.headers.get('www-authenticate') ?? '', /^Bearer/);
      await problemOf(none, 401);
      await problemOf(await write(path, type, body, 'nobody', method), 401);
      await problemOf(await write(path, type, body, reader, method), 403);
    });
  }

  test('given the key in each of its places, then it is taken', async () => {
    const post = (path: string, headers: Record<string, string>) =>
      server.ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/xml', ...headers },
        body: objects,
      });
    for (const answer of [
      await post(`/api/usage/context-objects?api_key=${server.key}`, {}),
      await post('/api/usage/context-objects', { authorization: `Bearer ${server.key}` }),
      await post('/api/usage/context-objects', { authorization: `Token token=${server.key}` }),
    ]) {
      assert.equal(answer.status, 202);
    }
  });

  test('given an operator route, then 401 and 403 for others', async () => {
    const path = '/api/usage/events/00000000-0000-4000-8000-000000000000';
    await problemOf(await server.ask(path), 401);
    await problemOf(await server.ask(`${path}?api_key=${server.key}`), 403);
    await problemOf(await server.ask(`${path}?api_key=${operator}`), 404);
  });

  test('given the source of another account, then 403, but not for an operator', async () => {
    const first = await server.post('/api/usage/context-objects?source=mine', 'application/xml', objects);
    assert.equal(first.status, 202);
    const other = await server.keyOf('other', 'deposit');
    const path = '/api/usage/context-objects?source=mine';
    const { detail } = await problemOf(await write(path, 'application/xml', objects, other), 403);
    assert.match(detail, /mine/);
    assert.equal((await write(path, 'application/xml', objects, operator)).status, 202);
    const ping = `/api/usage/openurl?url_ver=Z39.88-2004&url_tim=2024-03-01T10:00:00Z&rft.artnum=oai:x.example.org:1&rfr_id=mine`;
    await problemOf(await server.ask(`${ping}&api_key=${other}`), 403);
  });

  test('given accounts that claim a source at the same moment, then one of them has it', {}, async () => {
    const keys = await Promise.all(
      ['one', 'two', 'three', 'four'].map((name) => server.keyOf(name, 'deposit')),
    );
    for (let round = 0; round < 20; round++) {
      const path = `/api/usage/context-objects?source=contested-${round}`;
      const answers = await Promise.all(keys.map((key) => write(path, 'application/xml', objects, key)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 403, 403, 403], `round ${round}`);
    }
  });

  test('given evidence of usage, then only its account and operators read it', async () => {
    const answer = await server.post('/api/usage/context-objects', 'application/xml', objects);
    const { evidence } = (await answer.json()) as { evidence: string };
    const path = `/api/evidence/${evidence}`;
    await problemOf(await server.ask(path), 401);
    await problemOf(await server.ask(`${path}?api_key=${await server.keyOf('stranger', 'deposit')}`), 403);
    for (const key of [server.key, operator])
      assert.equal((await server.ask(`${path}?api_key=${key}`)).status, 200);
    await problemOf(await server.ask('/api/evidence/nonsense'), 404);
  });

  test('given unknown, repeated and bad parameters at once, then 400 names all of them and lists the known ones', async () => {
    const path =
      '/api/usage/statistics/publication/x?color=red&from=2024-13-01&granularity=week&until=2024-01-01&until=2024-01-02';
    const { errors } = await problemOf(await server.ask(path), 400);
    const faults = new Map(errors?.map(({ path: name, message }) => [name, message]));
    assert.match(faults.get('color') ?? '', /known: from, until, granularity, by/);
    assert.match(faults.get('until') ?? '', /more than once/);
    assert.match(faults.get('granularity') ?? '', /month/);
    const write = await server.post('/api/usage/context-objects?sauce=x', 'application/xml', objects);
    assert.match((await problemOf(write, 400)).errors?.[0]?.message ?? '', /source, partner, partner_name/);
    await problemOf(await server.ask('/api/usage/status?x=1'), 400);
    await problemOf(await server.ask('/health?x=1'), 400);
  });

  for (const query of [
    'from=2024-02-30',
    'from=2024-2-3',
    'from=yesterday',
    'until=2023-02-29',
    'from=2024-03-02&until=2024-03-01',
    'from=',
    'granularity=hour',
    'by=city',
  ]) {
    test(`given statistics with ${query}, then 400`, async () => {
      const { errors } = await problemOf(await server.ask(`/api/usage/statistics/country/NL?${query}`), 400);
      assert.equal(errors?.length, 1);
    });
  }

  for (const size of ['0', '1001', 'ten', '1.5', '-1']) {
    test(`given a top list of size ${size}, then 400`, async () => {
      const { errors } = await problemOf(await server.ask(`/api/usage/top/publications?size=${size}`), 400);
      assert.equal(errors?.[0]?.path, 'size');
    });
  }

  test('given bad partners, sources and days, then 400 names each', async () => {
    const post = async (query: string, expected: string[]) => {
      const answer = await server.post(`/api/usage/events?${query}`, 'application/x-ndjson', ndjson({}));
      const { errors } = await problemOf(answer, 400);
      assert.deepEqual(errors?.map(({ path }) => path).sort(), expected);
    };
    await post('source=&partner_name=x', ['partner_name', 'source']);
    await post(`source=${'x'.repeat(201)}`, ['source']);
    await post('source=a%00b', ['source']);
    await post('replace_days=2024-01-01,2024-02-31,tomorrow', ['replace_days', 'replace_days']);
    await post('match=all', ['match']);
  });

  test('given an address or a method that nothing is at, then 404 and 405 are problems too', async () => {
    await problemOf(await server.ask('/nothing'), 404);
    await problemOf(await server.ask('/api/usage/statistics/publication/doi%3A10.1234%2Fnobody'), 404);
    await problemOf(await server.ask('/api/usage/statistics/journal/x'), 400);
    for (const [method, path] of [
      ['DELETE', '/api/usage/status'],
      ['GET', '/api/publications'],
      ['PUT', '/api/usage/context-objects'],
      ['POST', '/api/usage/openurl'],
    ]) {
      const answer = await server.ask(path ?? '', { method: method ?? '' });
      assert.ok((answer.headers.get('allow') ?? '') !== '');
      await problemOf(answer, 405);
    }
    await problemOf(await server.ask('/api/usage/statistics/publication/%E0%A4%A'), 400);
    await problemOf(await server.ask('/api/usage/statistics/publication/%00'), 404);
  });

  test('given more bad keys than the limit, then 429 with Retry-After', async () => {
    const strict = await startTestServer({ env: { RATE_LIMIT: '5' } });
    try {
      const statuses: number[] = [];
      for (let tries = 0; tries < 8; tries++) {
        statuses.push((await strict.ask(`/api/usage/status?api_key=wrong-${tries}`)).status);
      }
      assert.equal(statuses[0], 401);
      assert.equal(statuses.at(-1), 429);
    } finally {
      await strict.stop();
    }
  });
});
