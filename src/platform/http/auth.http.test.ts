import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deposit, exampleApp, problemOf } from './testing/example-app.ts';

async function authApp(t: Parameters<typeof exampleApp>[0], rateLimit?: number) {
  const { app, listen } = await exampleApp(t, rateLimit === undefined ? {} : { rateLimit });
  app.post('/deposits', { config: { right: 'deposit' }, schema: { body: Deposit } }, async (request) => ({
    by: request.account?.name,
  }));
  app.get('/open', async (request) => ({ by: request.account?.name ?? null }));
  app.get('/counter', { config: { ignoresKey: true, anyParameters: true } }, async () => ({}));
  app.post('/anyone', async () => ({}));
  return listen();
}

const good = { method: 'POST', body: '{"uuid":"u","total":1}' };
const withKey = (authorization: string) => ({
  ...good,
  headers: { 'content-type': 'application/json', authorization },
});

for (const header of [
  'Bearer depositor-key',
  'bearer  depositor-key',
  'Token token=depositor-key',
  'Token token="depositor-key"',
]) {
  test(`given Authorization: ${header}, then the account is the one of the key`, async (t) => {
    const ask = await authApp(t);
    assert.deepEqual(await (await ask('/deposits', withKey(header))).json(), { by: 'depositor' });
  });
}

test('given ?api_key, then the account is the one of the key', async (t) => {
  const ask = await authApp(t);
  const answer = await ask('/deposits?api_key=depositor-key', {
    ...good,
    headers: { 'content-type': 'application/json' },
  });
  assert.deepEqual(await answer.json(), { by: 'depositor' });
});

test('given no key where one is needed, then 401 with WWW-Authenticate, before the body is judged', async (t) => {
  const ask = await authApp(t);
  const answer = await ask('/deposits?unknown=1', {
    method: 'POST',
    body: 'not json',
    headers: { 'content-type': 'x/y' },
  });
  assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="almanac"');
  assert.equal((await problemOf(answer)).status, 401);
});

test('given an unknown key, then 401, on reads too', async (t) => {
  const ask = await authApp(t);
  assert.equal((await problemOf(await ask('/deposits', withKey('Bearer wrong')))).status, 401);
  assert.equal((await problemOf(await ask('/open?api_key=wrong'))).status, 401);
});

test('given a known key without the right, then 403 before the body is judged', async (t) => {
  const ask = await authApp(t);
  const answer = await ask('/deposits', { ...withKey('Bearer reader-key'), body: '{' });
  assert.equal((await problemOf(answer)).status, 403);
});

test('given a read, then no key is needed and a good one is honoured', async (t) => {
  const ask = await authApp(t);
  assert.deepEqual(await (await ask('/open')).json(), { by: null });
  assert.deepEqual(await (await ask('/open', { headers: { authorization: 'Bearer reader-key' } })).json(), {
    by: 'reader',
  });
  assert.deepEqual(await (await ask('/open', { headers: { authorization: 'Basic eDp5' } })).json(), {
    by: null,
  });
});

test('given a protocol that has an api_key of its own, then it is not judged', async (t) => {
  const ask = await authApp(t);
  assert.equal((await ask('/counter?api_key=anything')).status, 200);
});

test('given more writes without a key than allowed, then 429 with Retry-After, but not with a key', async (t) => {
  const ask = await authApp(t, 2);
  await ask('/anyone', { method: 'POST' });
  await ask('/anyone', { method: 'POST' });
  const answer = await ask('/anyone', { method: 'POST' });
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d?$/);
  assert.equal((await problemOf(answer)).status, 429);
  const keyed = await ask('/anyone', { method: 'POST', headers: { authorization: 'Bearer reader-key' } });
  assert.equal(keyed.status, 200);
});

test('given more unknown keys than allowed, then 429 for every key from that address', async (t) => {
  const ask = await authApp(t, 2);
  await ask('/open?api_key=wrong1');
  await ask('/open?api_key=wrong2');
  assert.equal((await problemOf(await ask('/open?api_key=wrong3'))).status, 429);
  assert.equal((await problemOf(await ask('/open?api_key=reader-key'))).status, 429);
  assert.equal((await ask('/open')).status, 200);
});
