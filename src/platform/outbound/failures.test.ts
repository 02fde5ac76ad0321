import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { OutboundError } from './failure.ts';
import { openDoor, serve, serveBytes } from './loopback.ts';

const once = { retries: 0 };
const outcome = (answer: { ok: boolean; kind?: string }) => (answer.ok ? 'ok' : answer.kind);

test('given something that is no URL, when fetched, then it is an address fault and nothing is sent', async (t) => {
  const answer = await openDoor(t).fetch('/relative');
  assert.deepEqual(answer, { ok: false, kind: 'address', message: 'not an absolute URL', requests: 0 });
});

test('given a name nobody knows, when fetched, then dns', async (t) => {
  const door = openDoor(t, {
    resolve: () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
  });
  assert.equal(outcome(await door.fetch('http://nowhere.example/', once)), 'dns');
});

test('given a lookup that never ends, when fetched, then timeout', async (t) => {
  const door = openDoor(t, { resolve: () => new Promise(() => {}) });
  assert.equal(outcome(await door.fetch('http://slow.example/', { ...once, timeoutMs: 30 })), 'timeout');
});

test('given a closed port, when fetched, then reset', async (t) => {
  const port = await serveBytes(t, (socket) => socket.destroy());
  assert.equal(outcome(await openDoor(t).fetch(`http://127.0.0.1:${port}/`, once)), 'reset');
  assert.equal(outcome(await openDoor(t).fetch('http://127.0.0.1:9999/', once)), 'reset');
});

test('given a server that speaks no TLS, when fetched by https, then tls', async (t) => {
  const origin = await serve(t, (_, response) => response.end());
  assert.equal(outcome(await openDoor(t).fetch(origin.replace('http:', 'https:'), once)), 'tls');
});

test('given a server that speaks no HTTP, when fetched, then protocol', async (t) => {
  const port = await serveBytes(t, (socket) =>
    socket.once('data', () => socket.write('SSH-2.0-OpenSSH_9.0\r\n')),
  );
  assert.equal(outcome(await openDoor(t).fetch(`http://127.0.0.1:${port}/`, once)), 'protocol');
});

test('given headers without an end, when fetched, then protocol', async (t) => {
  const port = await serveBytes(t, (socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}`));
  assert.equal(outcome(await openDoor(t).fetch(`http://127.0.0.1:${port}/`, once)), 'protocol');
});

test('given silence, when fetched, then timeout', async (t) => {
  const origin = await serve(t, () => {});
  assert.equal(outcome(await openDoor(t).fetch(origin, { ...once, timeoutMs: 30 })), 'timeout');
  assert.equal(outcome(await openDoor(t).fetch(origin, { ...once, firstByteMs: 30 })), 'timeout');
});

test('given a drip, when fetched, then the total time ends it', async (t) => {
  const origin = await serve(t, (_, response) => {
    const drip = setInterval(() => response.write('.'), 5);
    response.on('close', () => clearInterval(drip));
  });
  assert.equal(outcome(await openDoor(t).fetch(origin, { ...once, timeoutMs: 60 })), 'timeout');
});

test('given a body shorter than announced, when fetched, then reset, chunked or not', async (t) => {
  for (const head of [
    'Content-Length: 100\r\n\r\nshort',
    'Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n',
  ]) {
    const port = await serveBytes(t, (socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${head}`)),
    );
    assert.equal(outcome(await openDoor(t).fetch(`http://127.0.0.1:${port}/`, once)), 'reset');
  }
});

test('given a body over the limit, when fetched, then too_large, or cut there if so asked', async (t) => {
  const origin = await serve(t, (_, response) => response.end('0123456789'));
  const door = openDoor(t);
  assert.equal(outcome(await door.fetch(origin, { maxBytes: 9 })), 'too_large');
  const exact = await door.fetch(origin, { maxBytes: 10 });
  assert.ok(exact.ok);
  assert.deepEqual([exact.text(), exact.cut], ['0123456789', false]);
  const cut = await door.fetch(origin, { maxBytes: 4, atLimit: 'cut' });
  assert.ok(cut.ok);
  assert.deepEqual([cut.text(), cut.cut], ['0123', true]);
});

test('given a bomb in any coding, when fetched, then it stops at the limit of unpacked bytes', async (t) => {
  const zeros = Buffer.alloc(32 * 1024 * 1024);
  const bombs = {
    gzip: gzipSync(zeros),
    deflate: deflateSync(zeros),
    br: brotliCompressSync(zeros),
    zstd: zstdCompressSync(zeros),
  };
  for (const [coding, bomb] of Object.entries(bombs)) {
    const origin = await serve(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bomb),
    );
    assert.equal(outcome(await openDoor(t).fetch(origin, { maxBytes: 1024 * 1024 })), 'too_large', coding);
  }
});

test('given packed answers in every coding we ask for, when fetched, then they are unpacked', async (t) => {
  const text = Buffer.from('{"é":1}');
  const packed: [string, Buffer][] = [
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['identity', text],
    ['deflate, gzip', gzipSync(deflateSync(text))],
  ];
  for (const [coding, body] of packed) {
    const origin = await serve(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(body),
    );
    const answer = await openDoor(t).fetch(origin, once);
    assert.ok(answer.ok, coding);
    assert.equal(answer.text(), '{"é":1}', coding);
  }
});

test('given garbage, a cut stream, an unknown coding or three of them, when unpacked, then protocol', async (t) => {
  const whole = gzipSync('some text that is long enough');
  const bad: [string, Buffer][] = [
    ['gzip', Buffer.from('not gzip')],
    ['gzip', whole.subarray(0, whole.length - 9)],
    ['br', Buffer.from('not brotli at all')],
    ['zstd', Buffer.from('not zstd')],
    ['compress', Buffer.from('x')],
    ['gzip, gzip, gzip', gzipSync(gzipSync(whole))],
  ];
  for (const [coding, body] of bad) {
    const origin = await serve(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(body),
    );
    assert.equal(outcome(await openDoor(t).fetch(origin, once)), 'protocol', `${coding} ${body.length}`);
  }
});

test('given an empty body with a coding, a HEAD or a 204, when fetched, then it is empty', async (t) => {
  const origin = await serve(t, (request, response) => {
    response.writeHead(request.url === '/204' ? 204 : 200, { 'content-encoding': 'gzip' }).end();
  });
  const door = openDoor(t);
  for (const answer of [
    await door.fetch(`${origin}/`),
    await door.fetch(`${origin}/204`),
    await door.fetch(`${origin}/`, { method: 'HEAD' }),
  ]) {
    assert.ok(answer.ok);
    assert.equal(answer.bytes.length, 0);
  }
});

test('given a caller that gives up, when a request is under way, then aborted', async (t) => {
  const giveUp = new AbortController();
  const origin = await serve(t, () => giveUp.abort());
  assert.equal(outcome(await openDoor(t).fetch(origin, { signal: giveUp.signal })), 'aborted');
  assert.equal(outcome(await openDoor(t).fetch(origin, { signal: AbortSignal.abort() })), 'aborted');
});

test('given a header no request may carry, when fetched, then protocol and no exception', async (t) => {
  const origin = await serve(t, (_, response) => response.end());
  assert.equal(outcome(await openDoor(t).fetch(origin, { headers: { 'x-key': 'a\nb' } })), 'protocol');
});

test('given a streamed body that breaks off, when read, then the iteration throws what happened', async (t) => {
  const port = await serveBytes(t, (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'));
  });
  const answer = await openDoor(t).stream(`http://127.0.0.1:${port}/`);
  assert.ok(answer.ok);
  let read = '';
  const reading = async () => {
    for await (const chunk of answer.body) read += Buffer.from(chunk).toString();
  };
  await assert.rejects(reading, (error) => error instanceof OutboundError && error.kind === 'reset');
  assert.equal(read, 'short');
});

test('given text in another charset, when read, then the content type or the byte order mark decides', async (t) => {
  const bodies: Record<string, [string, Buffer]> = {
    '/latin': ['text/plain; charset="iso-8859-1"', Buffer.from('caf\u00e9', 'latin1')],
    '/utf16': ['text/plain', Buffer.from('\ufeffcaf\u00e9', 'utf16le')],
    '/odd': ['text/plain; charset=klingon', Buffer.from('caf\u00e9')],
  };
  const origin = await serve(t, (request, response) => {
    const [type, body] = bodies[request.url ?? ''] ?? ['', ''];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  for (const path of Object.keys(bodies)) {
    const answer = await openDoor(t).fetch(`${origin}${path}`);
    assert.ok(answer.ok);
    assert.equal(answer.text(), 'café', path);
  }
});
