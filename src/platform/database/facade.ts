import type postgres from 'postgres';
import { isQuery, type PendingQuery, pagesOf, type QueryHandler } from './pending-query.ts';

/**
 * `root` seen from outside, with every query it makes handed to `handler` and `own` in place of its members.
 * Helpers (`json`, `array`, `typed`, `sql(rows)`) stay those of `root`.
 */
export function facade(
  root: postgres.Sql,
  handler: QueryHandler,
  own: Record<string, unknown>,
): postgres.Sql {
  function routed<T>(value: T): T {
    if (isQuery(value)) route(value, handler);
    return value;
  }
  const members: Record<PropertyKey, unknown> = {
    unsafe: (...args: Parameters<postgres.Sql['unsafe']>) => routed(root.unsafe(...args)),
    notify: (channel: string, payload: string) => routed(root`select pg_notify(${channel}, ${payload})`),
    file: () => {
      throw new TypeError('sql.file is not offered: read the file and use sql.unsafe');
    },
    ...own,
  };
  return new Proxy(root, {
    apply: (target, self, args) => routed(Reflect.apply(target, self, args)),
    get: (target, key) => (Object.hasOwn(members, key) ? members[key] : Reflect.get(target, key)),
  });
}

function route(query: PendingQuery, handler: QueryHandler): void {
  const { cursor } = query;
  query.handler = handler;
  query.cursor = (size: number, fn?: (rows: unknown) => unknown) =>
    fn === undefined ? pagesOf(query, size) : cursor.call(query, size, fn);
}
