import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../testing/index.ts';
import { socketMaker } from './socket.ts';

async function greeter(t: { after(fn: () => void): void }, greeting: string, path?: string) {
  const server = createServer((socket) => socket.end(greeting));
  server.listen(path === undefined ? { host: '127.0.0.1', port: 0 } : { path });
  await once(server, 'listening');
  t.after(() => server.close());
  return path === undefined ? (server.address() as AddressInfo).port : 0;
}

test('given several hosts, then sockets go to one after the other, and know where', async (t) => {
  const port = [await greeter(t, 'first'), await greeter(t, 'second')];
  const make = socketMaker();
  for (const [expected, at] of [
    ['first', 0],
    ['second', 1],
    ['first', 0],
  ] as const) {
    const socket = make({ host: ['127.0.0.1', '127.0.0.1'], port });
    const [greeting] = await once(socket, 'data');
    assert.equal(String(greeting), expected);
    assert.equal(Reflect.get(socket, 'port'), port[at]);
    socket.destroy();
  }
});

test('given a Unix socket, then it is that', async (t) => {
  const path = join(await temporaryFolder(t), 'socket');
  await greeter(t, 'here', path);
  const socket = socketMaker()({ host: ['/tmp'], port: [5432], path });
  const [greeting] = await once(socket, 'data');
  assert.equal(String(greeting), 'here');
  socket.destroy();
});
