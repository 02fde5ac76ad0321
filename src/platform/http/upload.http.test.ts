import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { uploadOf, xmlTypes } from './index.ts';
import { exampleApp, problemOf } from './testing/example-app.ts';

async function uploadApp(t: Parameters<typeof exampleApp>[0]) {
  const { app, listen } = await exampleApp(t);
  app.post('/bytes', { config: { upload: xmlTypes, uploadLimit: 1000 } }, async (request) => {
    let bytes = 0;
    for await (const chunk of uploadOf(request)) bytes += chunk.length;
    return { bytes };
  });
  app.post('/both', { config: { upload: [...xmlTypes, 'application/json'] } }, async (request) => ({
    body: request.body,
  }));
  app.post('/refuses', { config: { upload: xmlTypes } }, async () => ({ read: false }));
  app.post('/json', async (request) => request.body);
  return listen();
}

type Body = NonNullable<RequestInit['body']>;

const xml = (body: Body, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/xml; charset=utf-8', ...headers },
  body,
});
/** Sent in chunks, without Content-Length. */
const chunked = (size: number) => ({
  ...xml(new Blob(['x'.repeat(size)]).stream()),
  duplex: 'half' as const,
});

test('given an upload, then the route reads it as a stream', async (t) => {
  const ask = await uploadApp(t);
  assert.deepEqual(await (await ask('/bytes', xml('x'.repeat(999)))).json(), { bytes: 999 });
  assert.deepEqual(await (await ask('/bytes', chunked(1000))).json(), { bytes: 1000 });
  assert.deepEqual(await (await ask('/bytes', { method: 'POST' })).json(), { bytes: 0 });
});

test('given a type that ends in +xml or none at all, then it is an upload', async (t) => {
  const ask = await uploadApp(t);
  const answer = await ask('/bytes', xml('x', { 'content-type': 'application/mods+xml' }));
  assert.deepEqual(await answer.json(), { bytes: 1 });
  const bare = await ask('/bytes', { method: 'POST', body: new Uint8Array(3) });
  assert.deepEqual(await bare.json(), { bytes: 3 });
});

test('given more bytes than the limit, announced or not, then 413', async (t) => {
  const ask = await uploadApp(t);
  assert.equal((await problemOf(await ask('/bytes', xml('x'.repeat(1001))))).status, 413);
  const body = await problemOf(await ask('/bytes', chunked(50_000)));
  assert.equal(body.detail, 'The body is larger than 1000 bytes.');
});

test('given another type, then 415 says what is taken', async (t) => {
  const ask = await uploadApp(t);
  for (const type of ['application/json', 'text/csv']) {
    const answer = await ask('/bytes', { method: 'POST', headers: { 'content-type': type }, body: '{}' });
    assert.equal((await problemOf(answer)).status, 415);
  }
});

test('given a route that takes uploads and JSON, then JSON is parsed', async (t) => {
  const ask = await uploadApp(t);
  const answer = await ask('/both', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  });
  assert.deepEqual(await answer.json(), { body: { a: 1 } });
});

test('given gzip and deflate, then the route sees what was compressed', async (t) => {
  const ask = await uploadApp(t);
  const text = 'x'.repeat(900);
  for (const [encoding, bytes] of [
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
  ] as const) {
    const answer = await ask('/bytes', xml(new Uint8Array(bytes), { 'content-encoding': encoding }));
    assert.deepEqual(await answer.json(), { bytes: 900 });
  }
  const answer = await ask('/json', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync('{"a":1}')),
  });
  assert.deepEqual(await answer.json(), { a: 1 });
});

test('given a bomb, then 413 at the limit, also as JSON', async (t) => {
  const ask = await uploadApp(t);
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')));
  assert.equal((await problemOf(await ask('/bytes', xml(bomb, { 'content-encoding': 'gzip' })))).status, 413);
  const answer = await ask('/json', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: bomb,
  });
  assert.equal((await problemOf(answer)).status, 413);
});

test('given an unknown or broken encoding, then 415 and 400', async (t) => {
  const ask = await uploadApp(t);
  const unknown = await ask('/bytes', xml('x', { 'content-encoding': 'br' }));
  assert.equal(unknown.headers.get('accept-encoding'), 'gzip, deflate');
  assert.equal((await problemOf(unknown)).status, 415);
  const broken = await ask('/bytes', xml('not gzip', { 'content-encoding': 'gzip' }));
  assert.equal((await problemOf(broken)).status, 400);
  const cut = new Uint8Array(gzipSync('x'.repeat(900)).subarray(0, 15));
  assert.equal((await problemOf(await ask('/bytes', xml(cut, { 'content-encoding': 'gzip' })))).status, 400);
});

test('given a route that answers without reading, then the connection goes on', async (t) => {
  const ask = await uploadApp(t);
  assert.deepEqual(await (await ask('/refuses', xml('x'.repeat(5_000_000)))).json(), { read: false });
  assert.deepEqual(await (await ask('/bytes', xml('x'))).json(), { bytes: 1 });
});
