import postgres from 'postgres';
import type { Log } from './log.ts';
import { socketMaker } from './socket.ts';

/** What every connection of the project has in common. */
export interface ConnectionSettings {
  url: string;
  log: Log;
  applicationName: string;
  /** Schemas in which names are found; `derived, almanac, public` by default. */
  searchPath?: string | undefined;
}

/**
 * Options of one postgres.js connection: names found in `derived`, `almanac`, `public`; UTC;
 * `bigint` as number (an error beyond 2^53: select it as text), `date` as 'YYYY-MM-DD', `timestamptz` as Date.
 */
function connectionOptions(settings: ConnectionSettings) {
  return {
    max: 1,
    connect_timeout: 5,
    // A connection is thrown away when it breaks (see pool.ts), so a long back-off would only delay LISTEN.
    backoff: () => 0.25,
    // The driver would end a connection between two statements of a transaction that we hold open.
    max_lifetime: null,
    idle_timeout: undefined,
    // See `openConnection`; connections on their own take and give no arrays.
    fetch_types: false,
    connection: {
      application_name: settings.applicationName,
      search_path: settings.searchPath ?? 'derived, almanac, public',
      TimeZone: 'UTC',
      DateStyle: 'ISO',
    },
    types: {
      int8: { to: 20, from: [20], serialize: (value: number | bigint) => String(value), parse: safeInteger },
      calendarDate: { to: 1082, from: [1082], serialize: calendarDate, parse: (raw: string) => raw },
    },
    onnotice: (notice: postgres.Notice) =>
      settings.log.debug({ notice: notice.message }, 'PostgreSQL notice'),
  } satisfies postgres.Options<Record<string, postgres.PostgresType>>;
}

/** One connection on its own, outside any pool. End it yourself. */
export function connectOnce(settings: ConnectionSettings, onclose: () => void = () => {}): postgres.Sql {
  // Its types leave `socket` out.
  const options: object = { ...connectionOptions(settings), onclose, socket: socketMaker() };
  return postgres(settings.url, options);
}

function safeInteger(raw: string): number {
  const value = Number(raw);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`bigint ${raw} does not fit a number: select it as text`);
}

function calendarDate(value: string | Date): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}
