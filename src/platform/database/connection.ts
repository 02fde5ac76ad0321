import { Stream } from 'node:stream';
import postgres from 'postgres';
import {
  guardCursor,
  type PendingQuery,
  type QueryHandler,
  queryHandler,
  watchFailure,
} from './pending-query.ts';

/** One connection: a postgres.js instance with `max: 1`, used by one caller at a time, never used again once broken. */
export interface Connection {
  instance: postgres.Sql;
  handler: QueryHandler;
  alive: boolean;
}

/** A new connection (made at its first query) with the options and type maps of `root`. */
export function openConnection(root: postgres.Sql, onclose: () => void): Connection {
  const parsed: object = { ...root.options, onclose, no_subscribe: true };
  const instance: postgres.Sql = postgres(parsed);
  return { instance, handler: queryHandler(instance), alive: true };
}

/** Hands a query to the connection; a query that comes too late is rejected, never sent elsewhere. */
export function dispatch(query: PendingQuery, connection: Connection): void {
  if (query.cancelled) return;
  if (!connection.alive) {
    query.reject(connectionLost());
    return;
  }
  if (query.cursorRows !== undefined) guardCursor(query, () => connection.alive);
  connection.handler(query);
}

/**
 * Runs one query on a connection of its own and calls `done` when the connection is free again:
 * after the answer, after the end of a COPY stream, after the last row of a cursor.
 */
export function runAlone(
  query: PendingQuery,
  connection: Connection,
  done: (healthy: boolean) => void,
): void {
  const { resolve } = query;
  const isCursor = query.cursorRows !== undefined;
  if (!isCursor) {
    query.resolve = (value) => {
      if (query.streaming && value instanceof Stream) value.once('close', () => done(true));
      else done(true);
      resolve(value);
    };
    watchFailure(query, (error) => done(isHarmless(error)));
  }
  dispatch(query, connection);
  // A cursor changes its own callbacks at each step, so a query queued behind it tells when it is over.
  if (isCursor) {
    connection.instance.unsafe('select').then(
      () => done(true),
      (error: unknown) => done(isHarmless(error)),
    );
  }
}

/** True when PostgreSQL itself refused a statement and the connection goes on; all else is thrown away with it. */
export function isHarmless(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'ERROR';
}

/** The error of a query on a connection that is gone. */
export function connectionLost(): Error {
  return Object.assign(new Error('the connection to the database was lost'), { code: 'CONNECTION_CLOSED' });
}
