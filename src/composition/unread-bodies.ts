import { Socket } from 'node:net';
import type { App } from '../platform/http/index.ts';

/** What of a refused upload is still to come is thrown away for this long; then the connection goes. */
const DRAIN_MS = 10_000;

/**
 * An answer may leave before its request was read to the end (an upload refused at its first bytes). Node discards the
 * rest only of bodies that nobody began to read: of others it would wait in the socket, and the next request on the
 * connection would wait behind it until the keep-alive time is over (72 s).
 */
export function discardUnreadBodies(app: App): void {
  app.addHook('onResponse', async ({ raw }) => {
    // What the pages ask this server for comes without a connection.
    if (raw.complete || raw.destroyed || !(raw.socket instanceof Socket)) return;
    // A decoder that nobody reads any more would hold it back.
    raw.unpipe();
    raw.resume();
    const { socket } = raw;
    const deadline = setTimeout(() => socket.destroy(), DRAIN_MS).unref();
    raw.once('close', () => clearTimeout(deadline));
  });
}
