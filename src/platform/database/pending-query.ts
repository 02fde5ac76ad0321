import { Readable, Writable } from 'node:stream';
import postgres from 'postgres';

type Stream = Readable | Writable;

/**
 * The inner face of a postgres.js 3.4 query: a lazy promise that hands itself to `handler` when awaited.
 * Choosing the handler decides which connection runs it; fragments never reach theirs.
 */
export interface PendingQuery extends Promise<unknown> {
  handler: QueryHandler;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  cancelled: unknown;
  options: { simple?: boolean };
  cursor: (this: PendingQuery, size: number, fn?: (rows: unknown) => unknown) => unknown;
  streaming?: boolean;
  cursorRows?: number;
  cursorFn?: (rows: unknown) => unknown;
}

export type QueryHandler = (query: PendingQuery) => unknown;

/** What a cursor's callback answers to end it early; the same object for every instance of the driver. */
const endOfCursor: unknown = postgres({ max: 1 }).CLOSE;

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
  const fn = query.cursorFn;
  if (fn === undefined) return;
  query.cursorFn = async (rows) => {
    const answer = await fn(rows);
    return isAlive() ? answer : new Promise(() => {});
  };
}

/**
 * Ends the stream of a COPY when PostgreSQL refuses it or goes after the last byte was sent: the driver has let go
 * of the stream by then, and whoever waits for its end would wait for ever.
 */
export function guardStream(query: PendingQuery): void {
  let stream: Stream | null = null;
  const { resolve } = query;
  query.resolve = (value) => {
    if (value instanceof Readable || value instanceof Writable) stream = value;
    resolve(value);
  };
  watchFailure(query, (error) => stream?.destroy(error instanceof Error ? error : new Error(String(error))));
}

/**
 * The rows of the query in pages of `size`, as `query.cursor(size)`. The driver's own iterator ends quietly when
 * its connection is lost; this one throws.
 */
export async function* pagesOf(query: PendingQuery, size: number): AsyncGenerator<unknown> {
  const waiting: { page: PromiseWithResolvers<unknown>; resume: (close?: unknown) => void } = {
    page: Promise.withResolvers(),
    resume: () => {},
  };
  query.cursorRows = size;
  query.options.simple = false;
  query.cursorFn = (rows) => {
    waiting.page.resolve(rows);
    return new Promise((resolve) => {
      waiting.resume = resolve;
    });
  };
  const over = query.then(() => null);
  // A failure while the caller works on a page is thrown at its next step.
  over.catch(() => {});
  try {
    for (;;) {
      const page = await Promise.race([waiting.page.promise, over]);
      if (page === null) return;
      waiting.page = Promise.withResolvers();
      yield page;
      waiting.resume();
    }
  } finally {
    waiting.resume(endOfCursor);
  }
}
