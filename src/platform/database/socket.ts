import { connect, type Socket } from 'node:net';

/** What the driver made of a connection string: several hosts are tried in turn. */
interface Address {
  host: string[];
  port: number[];
  /** Of a Unix socket. */
  path?: string | false | undefined;
}

/**
 * Makes the sockets of connections. They send at once what they are given (`TCP_NODELAY`), which those of the driver do not: the
 * end of a COPY, a small write after a large one, then waits until PostgreSQL confirms what came before, 40 ms each time.
 */
export function socketMaker(): (address: Address) => Socket {
  let next = 0;
  return ({ host, port, path }) => {
    if (path) return connect({ path });
    const at = next++ % host.length;
    // The driver compares the certificate with this name.
    return Object.assign(connect({ host: host[at] ?? 'localhost', port: port[at] ?? 5432, noDelay: true }), {
      host: host[at],
      port: port[at],
    });
  };
}
