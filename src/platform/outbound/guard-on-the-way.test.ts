import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDoor, serve, serveBytes } from './loopback.ts';

const portOf = (url: string) => new URL(url).port;

test('given a name that answers public first and private later, when it is fetched twice, then each connection goes only where its own lookup was judged', async (t) => {
  let hits = 0;
  const origin = await serve(t, (_, response) => {
    hits += 1;
    response.end('secret');
  });
  const answers = [['8.8.8.8'], ['127.0.0.1']];
  let lookups = 0;
  const door = openDoor(t, {
    allowPrivateAddresses: [],
    resolve: async () => (answers[lookups++] ?? ['127.0.0.1']).map((address) => ({ address, family: 4 })),
  });
  // The first is judged public and connected to as such: nothing answers there within the time.
  const first = await door.fetch(`http://rebind.example:${portOf(origin)}/`, { timeoutMs: 50, retries: 0 });
  const second = await door.fetch(`http://rebind.example:${portOf(origin)}/`, { retries: 0 });
  assert.equal(first.ok, false);
  assert.ok(!second.ok && second.kind === 'address');
  assert.equal(lookups, 2);
  assert.equal(hits, 0);
});

test('given a name with a public and a private address, when it is fetched, then it is refused', async (t) => {
  const door = openDoor(t, {
    allowPrivateAddresses: [],
    resolve: async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '::1', family: 6 },
    ],
  });
  const answer = await door.fetch('http://mixed.example/');
  assert.deepEqual(answer, {
    ok: false,
    kind: 'address',
    message: 'the address is not allowed',
    requests: 1,
  });
});

test('given a name, when it is fetched, then it is looked up once, the Host header keeps it and the checked address is connected to', async (t) => {
  const origin = await serve(t, (request, response) =>
    response.end(`${request.headers.host} ${request.socket.localAddress}`),
  );
  const lookups: string[] = [];
  const door = openDoor(t, {
    resolve: async (name) => {
      lookups.push(name);
      return [{ address: '127.0.0.1', family: 4 }];
    },
  });
  const answer = await door.fetch(`http://upstream.example:${portOf(origin)}/`);
  assert.ok(answer.ok);
  assert.equal(answer.text(), `upstream.example:${portOf(origin)} 127.0.0.1`);
  assert.deepEqual(lookups, ['upstream.example']);
});

test('given https, when a connection is made, then the server name sent is the host name', async (t) => {
  let hello = '';
  const port = await serveBytes(t, (socket) => {
    socket.once('data', (data) => {
      hello = data.toString('latin1');
      socket.destroy();
    });
  });
  const door = openDoor(t, { resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
  const answer = await door.fetch(`https://upstream.example:${port}/`, { retries: 0 });
  assert.equal(answer.ok, false);
  assert.match(hello, /upstream\.example/);
});

test('given a second hop that leads to a private address, when it is followed, then it is refused and never asked', async (t) => {
  let inside = 0;
  const hidden = await serve(t, (_, response) => {
    inside += 1;
    response.end();
  });
  const origin: string = await serve(t, (request, response) => {
    const target = request.url === '/' ? '/second' : `http://internal.example:${portOf(hidden)}/`;
    response.writeHead(302, { location: target }).end();
  });
  const door = openDoor(t, {
    allowPrivateAddresses: ['127.0.0.1'],
    resolve: async () => [{ address: '127.0.0.2', family: 4 }],
  });
  const answer = await door.fetch(`${origin}/`);
  assert.ok(!answer.ok && answer.kind === 'address');
  assert.equal(inside, 0);
});

for (const location of [
  'http://0x7f.2/',
  '//127.0.0.2:8080/',
  'http:\\\\127.0.0.2:8080',
  'http://[::ffff:7f00:2]:8080/',
  'http://2130706434/',
  'http://user@8.8.8.8/',
  'file:///etc/passwd',
  'ftp://8.8.8.8/',
  'http://8.8.8.8:22/',
  '\thttp://127.0.\n0.2:8080/'.replace('\n', ''),
]) {
  test(`given a redirect to ${JSON.stringify(location)}, when it is followed, then it is refused`, async (t) => {
    const origin = await serve(t, (_, response) => response.writeHead(302, { location }).end());
    const door = openDoor(t, { allowPrivateAddresses: ['127.0.0.1'] });
    const answer = await door.fetch(origin);
    assert.ok(!answer.ok && answer.kind === 'address', JSON.stringify(answer));
  });
}
