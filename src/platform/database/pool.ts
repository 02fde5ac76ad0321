import type postgres from 'postgres';
import { type Connection, openConnection, runAlone } from './connection.ts';
import { type ConnectionSettings, connectOnce } from './connection-options.ts';
import { facade } from './facade.ts';
import type { PendingQuery } from './pending-query.ts';
import { watchSilence } from './silence.ts';
import { reservedOn, runTransaction, type TransactionBody } from './transaction.ts';

export type Sql = postgres.Sql;
export type TransactionSql = postgres.TransactionSql;
/** What a pool and a transaction have in common: enough for a store function that runs in either. */
export type Queries = postgres.ISql;

/**
 * A pool with the face of postgres.js that survives the loss of its server.
 *
 * The pool of postgres.js 3.4.9 goes on using a broken connection: a transaction whose server dies ends the
 * process (its issues 1133, 1208), later queries hang or land in another transaction (1216). So each connection
 * here is a postgres.js instance of its own (`max: 1`), used by one caller at a time and thrown away at its
 * first sign of trouble. Queries of different callers are not pipelined.
 */
export function createPool(settings: ConnectionSettings, max: number): Sql {
  /** Builds queries and listens; it runs none itself. */
  const root = connectOnce(settings);
  const idle: Connection[] = [];
  const all = new Set<Connection>();
  const waiting: ((connection: Connection) => void)[] = [];
  let ending: Promise<void> | null = null;
  let onDrained: (() => void) | null = null;

  const silence = watchSilence(settings, (connection) => discard(connection));

  function connect(): Connection {
    const connection = openConnection(root, () => discard(connection));
    all.add(connection);
    return connection;
  }

  function discard(connection: Connection): void {
    if (!connection.alive) return;
    connection.alive = false;
    silence.ended(connection);
    all.delete(connection);
    const place = idle.indexOf(connection);
    if (place >= 0) idle.splice(place, 1);
    void connection.instance.end({ timeout: 0 });
    serveNext();
  }

  function release(connection: Connection, healthy: boolean): void {
    if (!connection.alive) return;
    if (!healthy) {
      discard(connection);
      return;
    }
    silence.ended(connection);
    idle.push(connection);
    serveNext();
  }

  function serveNext(): void {
    while (waiting.length > 0 && (idle.length > 0 || all.size < max)) {
      const connection = idle.pop() ?? connect();
      silence.began(connection);
      waiting.shift()?.(connection);
    }
    if (idle.length === all.size) onDrained?.();
  }

  function acquire(): Promise<Connection> {
    if (ending !== null) return Promise.reject(poolEnded());
    return new Promise((resolve) => {
      waiting.push(resolve);
      serveNext();
    });
  }

  function submit(query: PendingQuery): void {
    if (ending !== null) {
      query.reject(poolEnded());
      return;
    }
    waiting.push((connection) => {
      if (query.cancelled) {
        release(connection, true);
        return;
      }
      runAlone(query, connection, (healthy) => release(connection, healthy));
    });
    serveNext();
  }

  async function begin(first: string | TransactionBody, second?: TransactionBody): Promise<unknown> {
    const [options, body] = typeof first === 'string' ? [first, second] : ['', first];
    if (body === undefined) throw new TypeError('begin needs a function');
    const connection = await acquire();
    return runTransaction(root, connection, options, body, (healthy) => release(connection, healthy));
  }

  async function reserve(): Promise<postgres.ReservedSql> {
    const connection = await acquire();
    return reservedOn(root, connection, () => release(connection, true));
  }

  async function end({ timeout = 5 }: { timeout?: number | undefined } = {}): Promise<void> {
    // Queries already asked for hand themselves in one step later (see query.js of the driver).
    await null;
    ending ??= drain(timeout);
    return ending;
  }

  async function drain(seconds: number): Promise<void> {
    const timer = setTimeout(() => onDrained?.(), seconds * 1000);
    await new Promise<void>((resolve) => {
      onDrained = resolve;
      serveNext();
    });
    clearTimeout(timer);
    const connections = [...all];
    for (const connection of connections) connection.alive = false;
    await Promise.all(
      [root, ...connections.map((each) => each.instance)].map((sql) => sql.end({ timeout: 0 })),
    );
  }

  return facade(root, submit, { begin, reserve, end, close: end });
}

function poolEnded(): Error {
  return Object.assign(new Error('the pool of database connections has been closed'), {
    code: 'CONNECTION_ENDED',
  });
}
