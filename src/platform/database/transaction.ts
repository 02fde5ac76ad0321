import type postgres from 'postgres';
import { type Connection, connectionLost, dispatch } from './connection.ts';
import { isDatabaseAway } from './errors.ts';
import { facade } from './facade.ts';
import { type PendingQuery, watchFailure } from './pending-query.ts';

export type TransactionBody = (sql: postgres.TransactionSql) => unknown;

/**
 * `begin … commit` around `body` on a connection that nobody else uses meanwhile; `done` says whether it may be
 * used again. An array of queries as result of `body` is awaited. Any failed statement rolls back, also one whose
 * error `body` caught (outside a savepoint). When the connection breaks, no later statement of `body` runs anywhere.
 */
export async function runTransaction(
  root: postgres.Sql,
  connection: Connection,
  options: string,
  body: TransactionBody,
  done: (healthy: boolean) => void,
): Promise<unknown> {
  const { instance } = connection;
  let healthy = false;
  try {
    await instance.unsafe(`begin ${options.replace(/[^a-z ]/gi, '')}`);
    try {
      const result = await runScope(root, connection, body);
      if (!connection.alive) throw connectionLost();
      const { command } = await instance.unsafe('commit');
      healthy = true;
      if (command !== 'COMMIT')
        throw new Error('the transaction was rolled back: one of its statements failed');
      return result;
    } catch (error) {
      if (!healthy && connection.alive && !isDatabaseAway(error)) {
        healthy = await instance.unsafe('rollback').then(
          () => true,
          () => false,
        );
      }
      throw error;
    }
  } finally {
    done(healthy);
  }
}

/** Runs `body` with a view of the connection that remembers its first failed statement. */
async function runScope(root: postgres.Sql, connection: Connection, body: TransactionBody): Promise<unknown> {
  const failures: unknown[] = [];
  let savepoints = 0;
  let over = false;

  function handler(query: PendingQuery): void {
    if (over) {
      query.reject(new Error('a query was made after the end of its transaction'));
      return;
    }
    watchFailure(query, (error) => failures.push(error));
    dispatch(query, connection);
  }

  async function savepoint(first: string | TransactionBody, second?: TransactionBody): Promise<unknown> {
    const inner = typeof first === 'string' ? second : first;
    if (inner === undefined) throw new TypeError('savepoint needs a function');
    savepoints += 1;
    const name = `level_${savepoints}`;
    await connection.instance.unsafe(`savepoint ${name}`);
    try {
      return await runScope(root, connection, inner);
    } catch (error) {
      if (connection.alive) await connection.instance.unsafe(`rollback to ${name}`);
      throw error;
    }
  }

  function prepare(): never {
    throw new TypeError('two-phase commit is not offered');
  }

  try {
    const view: object = facade(root, handler, { savepoint, prepare, begin: undefined });
    const result = await body(view as postgres.TransactionSql);
    const settled = Array.isArray(result) ? await Promise.all(result) : result;
    if (failures.length > 0) throw failures[0];
    return settled;
  } finally {
    over = true;
  }
}

/** A view of the connection for one caller until `release`. */
export function reservedOn(
  root: postgres.Sql,
  connection: Connection,
  done: () => void,
): postgres.ReservedSql {
  let over = false;
  const handler = (query: PendingQuery): void => {
    if (over) {
      query.reject(new Error('a query was made after the release of its connection'));
      return;
    }
    dispatch(query, connection);
  };
  const release = () => {
    if (!over) done();
    over = true;
  };
  return facade(root, handler, { release }) as postgres.ReservedSql;
}
