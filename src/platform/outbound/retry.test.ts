import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openDoor, serve, serveBytes } from './loopback.ts';
import { backoffMs, isRetriableStatus, retryAfter } from './retry.ts';

test('given n failed tries, when the wait is drawn, then it lies between 0 and min(60 s, 0.5 s · 2ⁿ)', () => {
  assert.deepEqual(
    [0, 1, 2, 6, 7, 40].map((n) => backoffMs(n, () => 1)),
    [500, 1000, 2000, 32_000, 60_000, 60_000],
  );
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (n, x) => {
      const wait = backoffMs(n, () => x);
      assert.ok(wait >= 0 && wait <= 60_000);
    }),
  );
});

test('given all statuses, when asked, then only 408, 425, 429, 500, 502, 503 and 504 are worth another try', () => {
  const found = Array.from({ length: 500 }, (_, i) => i + 100).filter(isRetriableStatus);
  assert.deepEqual(found, [408, 425, 429, 500, 502, 503, 504]);
});

test('given Retry-After as seconds or date, when read, then it is a time; anything else is nothing', () => {
  const now = Date.UTC(2025, 0, 1);
  assert.equal(retryAfter('30', now), now + 30_000);
  assert.equal(retryAfter(' 0 ', now), now);
  assert.equal(retryAfter('Wed, 01 Jan 2025 00:01:00 GMT', now), now + 60_000);
  assert.equal(retryAfter('Wed, 01 Jan 2020 00:01:00 GMT', now), now);
  for (const odd of [undefined, '', 'soon', '-5', '2025', 'NaN', '1e3']) {
    assert.equal(retryAfter(odd, now), odd === '2025' ? now + 2_025_000 : null);
  }
});

test('given a host that fails four times, when fetched, then the fifth try counts and the waits double', async (t) => {
  let asked = 0;
  const origin = await serve(t, (_, response) => {
    asked += 1;
    response.writeHead(asked < 5 ? 503 : 200).end(`${asked}`);
  });
  const door = openDoor(t);
  const answer = await door.fetch(origin);
  assert.ok(answer.ok);
  assert.deepEqual([answer.status, answer.text(), answer.requests], [200, '5', 5]);
  assert.deepEqual(door.slept, [500, 1000, 2000, 4000]);
});

test('given a host that always fails, when fetched, then the fifth answer is handed over as it is', async (t) => {
  const origin = await serve(t, (_, response) => response.writeHead(500).end('broken'));
  const answer = await openDoor(t).fetch(origin);
  assert.ok(answer.ok);
  assert.deepEqual([answer.status, answer.text(), answer.requests], [500, 'broken', 5]);
});

test('given other statuses or a POST, when fetched, then there is one try', async (t) => {
  const origin = await serve(t, (request, response) =>
    response.writeHead(Number(request.url?.slice(1))).end(),
  );
  for (const status of [400, 401, 403, 404, 410, 501]) {
    const answer = await openDoor(t).fetch(`${origin}/${status}`);
    assert.ok(answer.ok);
    assert.deepEqual([answer.status, answer.requests], [status, 1]);
  }
  const post = await openDoor(t).fetch(`${origin}/503`, { method: 'POST', body: 'x' });
  assert.ok(post.ok);
  assert.deepEqual([post.status, post.requests], [503, 1]);
});

test('given Retry-After of a minute or less, when fetched, then exactly that is waited for', async (t) => {
  let asked = 0;
  const origin = await serve(t, (_, response) => {
    asked += 1;
    response.writeHead(asked === 1 ? 429 : 200, asked === 1 ? { 'retry-after': '60' } : {}).end();
  });
  const door = openDoor(t);
  const answer = await door.fetch(origin);
  assert.ok(answer.ok);
  assert.deepEqual([answer.status, answer.requests, door.slept], [200, 2, [60_000]]);
});

test('given a longer Retry-After, when fetched, then the answer comes at once and the host is suspended until then', async (t) => {
  let asked = 0;
  const origin = await serve(t, (_, response) => {
    asked += 1;
    response.writeHead(503, { 'retry-after': '61' }).end('later');
  });
  const door = openDoor(t);
  const until = Date.UTC(2025, 0, 1) + 61_000;
  const first = await door.fetch(`${origin}/a`);
  assert.ok(first.ok);
  assert.deepEqual(
    [first.status, first.text(), first.suspendedUntil, first.requests],
    [503, 'later', until, 1],
  );
  const second = await door.fetch(`${origin}/b`);
  assert.deepEqual(second, {
    ok: false,
    kind: 'suspended',
    message: 'the host is not asked for the time being',
    requests: 0,
    until,
  });
  assert.equal(asked, 1);
});

test('given a body that breaks off once, when fetched whole, then it is fetched again', async (t) => {
  let asked = 0;
  const port = await serveBytes(t, (socket) => {
    socket.once('data', () => {
      asked += 1;
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n${asked === 1 ? 'who' : 'whole'}`);
    });
  });
  const answer = await openDoor(t).fetch(`http://127.0.0.1:${port}/`);
  assert.ok(answer.ok);
  assert.deepEqual([answer.text(), answer.requests], ['whole', 2]);
});
