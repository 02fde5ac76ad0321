import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createOutbound, type Outbound, type OutboundOptions } from './outbound.ts';

/** Upstreams for tests: servers on the loopback that misbehave in one way each, closed when the test ends. */
export async function serve(t: TestContext, handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

/** A server below HTTP: says whatever bytes it likes. */
export async function serveBytes(t: TestContext, onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return portOf(server.address());
}

/** A door that may reach the loopback, does not really sleep, and always draws the longest backoff. */
export function openDoor(
  t: TestContext,
  options: Partial<OutboundOptions> = {},
): Outbound & { slept: number[] } {
  const slept: number[] = [];
  let now = Date.UTC(2025, 0, 1);
  const door = createOutbound({
    allowPrivateAddresses: ['127.0.0.0/8'],
    userAgent: 'Almanac/test',
    random: () => 1,
    clock: {
      now: () => now,
      async sleep(ms) {
        slept.push(ms);
        now += ms;
      },
    },
    ...options,
  });
  t.after(() => door.close());
  return { ...door, slept };
}

function portOf(address: ReturnType<ReturnType<typeof createTcpServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new TypeError('not listening on a port');
  return address.port;
}
