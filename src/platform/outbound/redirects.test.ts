import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDoor, serve, serveBytes } from './loopback.ts';
import { type Hop, nextHop } from './redirects.ts';

const hop = (over: Partial<Hop> = {}): Hop => ({
  url: new URL('https://a.example/dir/page?q=1#part'),
  method: 'GET',
  headers: {
    accept: '*/*',
    authorization: 'Bearer x',
    'x-api-key': 'k',
    cookie: 'c',
    'content-type': 'text/plain',
  },
  body: null,
  ...over,
});
const followed = (from: Hop, status: number, location: string | string[]) => {
  const next = nextHop(from, status, location);
  assert.ok(next.kind === 'follow');
  return next.hop;
};

test('given Location in its many forms, when resolved, then the URL is what a browser would ask', () => {
  const cases = {
    '/x': 'https://a.example/x#part',
    'y?z': 'https://a.example/dir/y?z#part',
    '?z#own': 'https://a.example/dir/page?z#own',
    '//b.example/p': 'https://b.example/p#part',
    'http://b.example': 'http://b.example/#part',
    ' /sp aced ': 'https://a.example/sp%20aced#part',
    '/caf\u00c3\u00a9': 'https://a.example/caf%C3%A9#part',
    '/caf\u00e9': 'https://a.example/caf%C3%A9#part',
    '': 'https://a.example/dir/page?q=1#part',
  };
  for (const [location, url] of Object.entries(cases))
    assert.equal(followed(hop(), 302, location).url.href, url);
});

test('given no Location or another status, when read, then the answer is final; given one that is no URL or two, then unreadable', () => {
  assert.equal(nextHop(hop(), 302, undefined).kind, 'none');
  assert.equal(nextHop(hop(), 200, '/x').kind, 'none');
  assert.equal(nextHop(hop(), 304, '/x').kind, 'none');
  assert.equal(nextHop(hop(), 302, 'http://[').kind, 'unreadable');
  assert.equal(nextHop(hop(), 302, ['/a', '/b']).kind, 'unreadable');
  assert.equal(nextHop(hop(), 302, ['/a', '/a']).kind, 'follow');
});

test('given a POST, when redirected, then 301, 302 and 303 become GET without body, 307 and 308 repeat it', () => {
  const post = hop({ method: 'POST', body: 'b' });
  const method = (status: number) => {
    const next = followed(post, status, '/x');
    return [next.method, next.body, next.headers['content-type'] ?? null];
  };
  for (const status of [301, 302, 303]) assert.deepEqual(method(status), ['GET', null, null]);
  for (const status of [307, 308]) assert.deepEqual(method(status), ['POST', 'b', 'text/plain']);
  assert.equal(followed(hop({ method: 'HEAD' }), 303, '/x').method, 'HEAD');
});

test('given credentials, when a hop stays on the host, then they stay; when it leaves host, port or https, then they are gone', () => {
  const keys = (from: string, to: string) =>
    Object.keys(followed(hop({ url: new URL(from) }), 302, to).headers);
  assert.deepEqual(keys('https://a.example/', '/x'), ['accept', 'authorization', 'x-api-key', 'cookie']);
  assert.deepEqual(keys('http://a.example/', 'https://a.example/'), [
    'accept',
    'authorization',
    'x-api-key',
    'cookie',
  ]);
  for (const to of [
    'https://b.example/',
    'https://a.example:8443/',
    'http://a.example/',
    'https://sub.a.example/',
  ]) {
    assert.deepEqual(keys('https://a.example/', to), ['accept']);
  }
});

test('given five redirects, when followed, then the answer comes; given six, then it is refused', async (t) => {
  const origin = await serve(t, (request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  const door = openDoor(t);
  const five = await door.fetch(`${origin}/5#f`);
  assert.ok(five.ok);
  assert.deepEqual([five.text(), five.url, five.requests], ['there', `${origin}/0#f`, 6]);
  const six = await door.fetch(`${origin}/6`);
  assert.deepEqual(six, { ok: false, kind: 'redirects', message: 'more than 5 redirects', requests: 6 });
});

test('given redirects in a circle, when followed, then it is noticed at once', async (t) => {
  const origin = await serve(t, (request, response) => {
    response.writeHead(301, { location: request.url === '/a' ? '/b' : '/a' }).end();
  });
  const answer = await openDoor(t).fetch(`${origin}/a`);
  assert.deepEqual(answer, {
    ok: false,
    kind: 'redirects',
    message: 'the redirects go in a circle',
    requests: 2,
  });
});

test('given a redirect whose body never ends, when followed, then the body is not waited for', async (t) => {
  const origin = await serve(t, (request, response) => {
    if (request.url === '/there') response.end('there');
    else response.writeHead(302, { location: '/there' }).write('dripping');
  });
  const answer = await openDoor(t).fetch(`${origin}/`);
  assert.ok(answer.ok);
  assert.equal(answer.text(), 'there');
});

test('given a raw UTF-8 Location, when followed, then it is read as UTF-8', async (t) => {
  const asked: string[] = [];
  const port = await serveBytes(t, (socket) => {
    socket.on('data', (data) => {
      const path = data.toString('latin1').split(' ')[1] ?? '';
      asked.push(path);
      if (path === '/') socket.end('HTTP/1.1 302 Found\r\nLocation: /caf\u00e9\r\nContent-Length: 0\r\n\r\n');
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const answer = await openDoor(t).fetch(`http://127.0.0.1:${port}/`);
  assert.ok(answer.ok);
  assert.deepEqual(asked, ['/', '/caf%C3%A9']);
});
