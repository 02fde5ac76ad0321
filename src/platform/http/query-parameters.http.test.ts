import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleApp, problemOf } from './testing/example-app.ts';
import { Type } from './type.ts';

const Query = Type.Object(
  {
    from: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, default: 10 })),
    raw: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

async function queryApp(t: Parameters<typeof exampleApp>[0]) {
  const { app, listen } = await exampleApp(t);
  app.get('/things', { schema: { querystring: Query } }, async (request) => request.query);
  app.get('/plain', async (request) => request.query);
  app.get('/protocol', { config: { anyParameters: true } }, async (request) => request.query);
  return listen();
}

test('given known parameters, then numbers and booleans are read and defaults filled', async (t) => {
  const ask = await queryApp(t);
  assert.deepEqual(await (await ask('/things?size=20&raw=true&from=2015')).json(), {
    size: 20,
    raw: true,
    from: '2015',
  });
  assert.deepEqual(await (await ask('/things')).json(), { size: 10 });
});

test('given an unknown parameter, then 400 lists the known ones', async (t) => {
  const ask = await queryApp(t);
  const body = await problemOf(await ask('/things?form=1'));
  assert.deepEqual(body.errors, [
    { path: 'form', message: 'is not a parameter here; known: from, size, raw, api_key' },
  ]);
  assert.equal(body.instance, '/things');
  assert.deepEqual((await problemOf(await ask('/plain?x=1'))).errors, [
    { path: 'x', message: 'is not a parameter here; known: api_key' },
  ]);
});

test('given several faults, then one answer names them all', async (t) => {
  const ask = await queryApp(t);
  const body = await problemOf(await ask('/things?size=ten&form=1&from=a&from=b'));
  assert.deepEqual(
    body.errors?.map(({ path, message }) => `${path} ${message}`),
    [
      'form is not a parameter here; known: from, size, raw, api_key',
      'from is given more than once',
      'size must be integer',
    ],
  );
});

for (const size of ['-1', '10001', '1e3', '0x10', '', '1.5', 'NaN']) {
  test(`given size=${size}, then 400`, async (t) => {
    const ask = await queryApp(t);
    const body = await problemOf(await ask(`/things?size=${size}`));
    assert.equal(body.errors?.[0]?.path, 'size');
  });
}

test('given an empty pair and the key, then neither is an unknown parameter nor seen by the route', async (t) => {
  const ask = await queryApp(t);
  assert.deepEqual(await (await ask('/things?&from=x&api_key=reader-key')).json(), { from: 'x', size: 10 });
});

test('given a protocol with its own rules, then everything reaches it', async (t) => {
  const ask = await queryApp(t);
  assert.deepEqual(await (await ask('/protocol?verb=Identify&verb=x')).json(), { verb: ['Identify', 'x'] });
});
