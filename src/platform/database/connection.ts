import { Stream } from 'node:stream';
import postgres from 'postgres';
import {
  guardCursor,
  guardStream,
  type PendingQuery,
  type QueryHandler,
  queryHandler,
  watchFailure,
} from './pending-query.ts';
import { socketMaker } from './socket.ts';

/** One connection: a postgres.js instance with `max: 1`, used by one caller at a time, never used again once broken. */
export interface Connection {
  instance: postgres.Sql;
  handler: QueryHandler;
  alive: boolean;
}

/**
 * A new connection (made at its first query) with the options and type maps of `root`. Only the first one learns the array
 * types: when a connection is cut while it learns, the driver leaves a rejection that nobody can handle, and the process
 * ends.
 */
export function openConnection(root: postgres.Sql, onclose: () => void): Connection {
  const { typeArrayMap } = (root.options as unknown as { shared: { typeArrayMap: object } }).shared;
  const fetch_types = Object.keys(typeArrayMap).length === 0;
  // Each begins with the first of several hosts.
  const parsed: object = { ...root.options, onclose, no_subscribe: true, fetch_types, socket: socketMaker() };
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
  guardCursor(query, () => connection.alive);
  if (query.streaming) guardStream(query);
  connection.handler(query);
}

/**
 * Runs one query on a connection of its own and calls `onFree` when the connection is free again: after the answer,
 * for a COPY after the end of its stream.
 */
export function runAlone(
  query: PendingQuery,
  connection: Connection,
  onFree: (healthy: boolean) => void,
): void {
  const { resolve } = query;
  let over = false;
  // The driver may settle a query twice: a cursor that was left, a row that cannot be parsed, a refused COPY.
  const done = (healthy: boolean): void => {
    if (!over) onFree(healthy);
    over = true;
  };
  query.resolve = (value) => {
    if (query.streaming && value instanceof Stream) value.once('close', () => done(true));
    else done(true);
    resolve(value);
  };
  watchFailure(query, (error) => done(isHarmless(error)));
  dispatch(query, connection);
}

/** True when PostgreSQL itself refused a statement and the connection goes on; all else is thrown away with it. */
export function isHarmless(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'ERROR';
}

/** The error of a query on a connection that is gone. */
export function connectionLost(): Error {
  return Object.assign(new Error('the connection to the database was lost'), { code: 'CONNECTION_CLOSED' });
}
