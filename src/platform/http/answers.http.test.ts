import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoSeconds, sendWithEtag } from './index.ts';
import { exampleApp } from './testing/example-app.ts';

test('given an ETag that matches, then 304 without a body; otherwise the answer', async (t) => {
  const { app, listen } = await exampleApp(t);
  let upTo = 1;
  app.get('/figures', async (request, reply) =>
    sendWithEtag(request, reply, { total: 5 }, { beside: { up_to: upTo++ } }),
  );
  const ask = await listen();
  const first = await ask('/figures');
  const etag = first.headers.get('etag') ?? '';
  assert.match(etag, /^W\/"[\w-]{22}"$/);
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  assert.deepEqual(await first.json(), { total: 5, up_to: 1 });
  const second = await ask('/figures', { headers: { 'if-none-match': `"other", ${etag}` } });
  assert.equal(second.status, 304);
  assert.equal(second.headers.get('etag'), etag);
  assert.equal((await ask('/figures', { headers: { 'if-none-match': '"other"' } })).status, 200);
});

test('given the same figures as JSON and CSV, then the tags differ', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.get('/json', async (request, reply) => sendWithEtag(request, reply, { a: 1 }));
  app.get('/csv', async (request, reply) =>
    sendWithEtag(request, reply.type('text/csv'), 'a\n1\n', { etagOf: '{"a":1}' }),
  );
  const ask = await listen();
  const [json, csv] = [await ask('/json'), await ask('/csv')];
  assert.notEqual(json.headers.get('etag'), csv.headers.get('etag'));
  assert.equal(await csv.text(), 'a\n1\n');
});

test('given a request id, then it comes back when it is harmless and is replaced when not', async (t) => {
  const { listen } = await exampleApp(t);
  const ask = await listen();
  const id = async (given: string) =>
    (await ask('/x', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
  assert.equal(await id('abc-1.2:3'), 'abc-1.2:3');
  assert.match((await id('a b"c')) ?? '', /^[\da-f-]{36}$/);
  assert.match((await id('x'.repeat(65))) ?? '', /^[\da-f-]{36}$/);
});

test('given reads and writes, then only reads are open to other origins, and all answers are guarded', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.get('/x', async () => ({}));
  app.post('/x', async () => ({}));
  const ask = await listen();
  const read = await ask('/x', { headers: { origin: 'https://elsewhere.example' } });
  assert.equal(read.headers.get('access-control-allow-origin'), '*');
  assert.match(read.headers.get('access-control-expose-headers') ?? '', /etag/);
  assert.equal(read.headers.get('x-content-type-options'), 'nosniff');
  assert.match(read.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
  const write = await ask('/x', { method: 'POST', headers: { origin: 'https://elsewhere.example' } });
  assert.equal(write.headers.get('access-control-allow-origin'), null);
  const preflight = await ask('/x', {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-methods'), 'GET, HEAD');
});

test('given HEAD on a read, then the headers of GET and no body', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.get('/x', async () => ({ a: 1 }));
  const ask = await listen();
  const answer = await ask('/x', { method: 'HEAD' });
  assert.equal(answer.headers.get('content-length'), '7');
  assert.equal(await answer.text(), '');
});

test('given identifiers that are long URLs, then they are path parameters', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.get('/works/:id', async (request) => request.params);
  const ask = await listen();
  const id = `https://example.org/${'a/'.repeat(500)}?x=1#y`;
  assert.deepEqual(await (await ask(`/works/${encodeURIComponent(id)}`)).json(), { id });
});

test('given a time, then it is printed in whole seconds of UTC', () => {
  assert.equal(isoSeconds(new Date('2015-05-17T10:05:03.999+02:00')), '2015-05-17T08:05:03Z');
  assert.equal(isoSeconds(0), '1970-01-01T00:00:00Z');
});
