import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { problem } from './index.ts';
import { Deposit, exampleApp, problemOf } from './testing/example-app.ts';
import { Type } from './type.ts';

const json = (body: string) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('given a body with several faults, then one 400 names all of them by JSON pointer', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.post(
    '/deposits',
    { schema: { body: Type.Object({ deposits: Type.Array(Deposit) }) } },
    async () => ({}),
  );
  const ask = await listen();
  const deposits = [
    { uuid: '', total: '7', kind: 'update' },
    { total: 1, 'a/b': 2 },
  ];
  const answer = await ask('/deposits?api_key=depositor-key', json(JSON.stringify({ deposits })));
  const body = await problemOf(answer);
  assert.equal(body.status, 400);
  assert.equal(body.instance, '/deposits');
  assert.equal(body.type, 'about:blank');
  assert.equal(body.title, 'Bad Request');
  assert.deepEqual(
    body.errors?.map(({ path, message }) => `${path} ${message}`),
    [
      '/deposits/0/uuid must NOT have fewer than 1 characters',
      '/deposits/0/total must be integer',
      '/deposits/0/kind must be one of: create, delete',
      '/deposits/1/uuid is required',
      '/deposits/1/a~1b is not known here',
    ],
  );
});

test('given malformed JSON, then the 400 says line and column', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.post('/deposits', { schema: { body: Deposit } }, async () => ({}));
  const ask = await listen();
  for (const [text, where] of [
    ['{\n  "uuid": x\n}', 'line 2, column 11'],
    ['{"uuid": "a"', 'line 1, column 13'],
    ['[1,\n2,,]', 'line 2, column 3'],
  ] as const) {
    const body = await problemOf(await ask('/deposits', json(text)));
    assert.equal(body.detail, `The body is not JSON at ${where}.`);
    assert.deepEqual(body.errors, [{ path: '', message: `is not JSON at ${where}` }]);
  }
});

test('given bodies that cannot be taken, then each has its status', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.post('/deposits', { bodyLimit: 100, schema: { body: Deposit } }, async () => ({}));
  const ask = await listen();
  const status = async (init: RequestInit) => (await problemOf(await ask('/deposits', init))).status;
  assert.equal(await status(json('')), 400);
  assert.equal(await status(json('{"__proto__":{}}')), 400);
  assert.equal(await status(json(JSON.stringify({ uuid: 'x'.repeat(200) }))), 413);
  assert.equal(await status({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }), 415);
  assert.equal(
    await status({ method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<x/>' }),
    415,
  );
  const latin1 = new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x7d]);
  assert.equal(
    await status({ method: 'POST', headers: { 'content-type': 'application/json' }, body: latin1 }),
    400,
  );
});

test('given an unknown address or method, then 404, and 405 with Allow', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.get('/works/:id', async () => ({}));
  app.delete('/works/:id', async () => ({}));
  const ask = await listen();
  assert.equal((await problemOf(await ask('/nothing?api_key=wrong'))).status, 404);
  const answer = await ask('/works/10.1234%2Fx', { method: 'PUT' });
  assert.equal(answer.headers.get('allow'), 'DELETE, GET, HEAD');
  assert.equal((await problemOf(answer)).status, 405);
});

for (const [path, status] of [
  ['/works/%zz', 400],
  [`/works/${'x'.repeat(5000)}`, 414],
  [`/${'x'.repeat(20_000)}`, 431],
] as const) {
  test(`given the address ${path.slice(0, 12)} (${path.length} characters), then the problem is a ${status}`, async (t) => {
    const { app, listen } = await exampleApp(t);
    app.get('/works/:id', async () => ({}));
    const ask = await listen();
    assert.equal((await problemOf(await ask(path))).status, status);
  });
}

test('given an unexpected error, then the answer tells nothing of it and the log tells all', async (t) => {
  const { app, lines, listen } = await exampleApp(t);
  app.get('/broken', async () => {
    throw Object.assign(new Error('select secret from /var/lib'), { query: 'select 1' });
  });
  const ask = await listen();
  const body = await problemOf(await ask('/broken?api_key=depositor-key'));
  assert.equal(body.status, 500);
  assert.ok(!JSON.stringify(body).includes('secret'));
  const logged = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error');
  assert.equal(logged.err.message, 'select secret from /var/lib');
  assert.equal(logged.request_id, body.request_id);
  assert.ok(!lines.join('').includes('depositor-key'));
});

test('given the database is away, then 503 with Retry-After and a warning', async (t) => {
  const { app, lines, listen } = await exampleApp(t);
  app.get('/x', async () => {
    throw new Error('database away');
  });
  const ask = await listen();
  const answer = await ask('/x');
  assert.equal((await problemOf(answer)).status, 503);
  assert.equal(answer.headers.get('retry-after'), '5');
  assert.ok(lines.some((line) => JSON.parse(line).level === 'warn'));
});

test('given a problem thrown by a route with a response schema, then it is sent as it is', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.get(
    '/x',
    { schema: { response: { 200: Type.Object({}), '4xx': Type.Object({ a: Type.String() }) } } },
    async () => {
      throw problem(409, 'Two at once.', {
        errors: [{ path: '/a', message: 'is taken' }],
        headers: { 'x-extra': '1' },
      });
    },
  );
  const ask = await listen();
  const answer = await ask('/x');
  assert.equal(answer.headers.get('x-extra'), '1');
  const body = await problemOf(answer);
  assert.deepEqual(
    [body.status, body.detail, body.errors],
    [409, 'Two at once.', [{ path: '/a', message: 'is taken' }]],
  );
});

test('given bytes that are not HTTP, then the bare answer is a problem too', async (t) => {
  const { app } = await exampleApp(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
    socket.on('data', (chunk) => (received += chunk));
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
  assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\n/);
  assert.match(text, /application\/problem\+json/);
});

test('given HEAD on an error, then the status and no body', async (t) => {
  const { listen } = await exampleApp(t);
  const ask = await listen();
  const answer = await ask('/nothing', { method: 'HEAD' });
  assert.equal(answer.status, 404);
  assert.equal(await answer.text(), '');
});
