import type postgres from 'postgres';

/**
 * The inner face of a postgres.js 3.4 query: a lazy promise that hands itself to `handler` when awaited.
 * Choosing the handler decides which connection runs it; fragments never reach theirs.
 */
export interface PendingQuery extends Promise<unknown> {
  handler: QueryHandler;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  cancelled: unknown;
  streaming?: boolean;
  cursorRows?: number;
  cursorFn?: (rows: unknown) => unknown;
}

export type QueryHandler = (query: PendingQuery) => unknown;

/** True for what a tagged template or `unsafe` of postgres.js returns (not for its helpers and identifiers). */
export function isQuery(value: unknown): value is PendingQuery {
  return value instanceof Promise && 'handler' in value && 'cancelled' in value;
}

/** The handler with which a postgres.js instance runs the queries made by it. */
export function queryHandler(instance: postgres.Sql): QueryHandler {
  const probe: unknown = instance.unsafe('');
  if (!isQuery(probe)) throw new Error('this version of postgres.js has another kind of query');
  return probe.handler;
}

/** Calls `onFailure` when the query is rejected, before its owner learns of it. */
export function watchFailure(query: PendingQuery, onFailure: (error: unknown) => void): void {
  const { reject } = query;
  query.reject = (error) => {
    onFailure(error);
    reject(error);
  };
}

/**
 * Keeps a cursor from asking a dead connection for more rows, which would throw inside the driver, out of reach.
 * The query itself has been rejected by then.
 */
export function guardCursor(query: PendingQuery, isAlive: () => boolean): void {
  let fn = query.cursorFn;
  Object.defineProperty(query, 'cursorFn', {
    get: () =>
      fn &&
      (async (rows: unknown) => {
        const answer = await fn?.(rows);
        return isAlive() ? answer : new Promise(() => {});
      }),
    set: (next: PendingQuery['cursorFn']) => {
      fn = next;
    },
  });
}
