import { resolve } from 'node:path';
import { makeFolder } from '../config/index.ts';
import { connectOnce } from './connection-options.ts';
import type { Binaries } from './embedded-binaries.ts';
import { openEmbedded } from './embedded-server.ts';
import { databaseFault, isDatabaseFault, messageOf } from './errors.ts';
import type { Log } from './log.ts';
import { migrate } from './migrate.ts';
import { createPool, type Sql } from './pool.ts';
import { type ServerLockOutcome, serverLock } from './server-lock.ts';

export interface DatabaseOptions {
  /** Connection string of a PostgreSQL 15 or newer; absent: the embedded server below `dataDir`. */
  databaseUrl?: string | undefined;
  dataDir: string;
  log: Log;
  /** Most connections of the pool; 8 by default. */
  max?: number;
  /** Shown in `pg_stat_activity`; `almanac` by default. */
  applicationName?: string;
  /** Folder of the migrations; that of the project by default. */
  migrationsDir?: string;
  /** Schemas in which names are found; `derived, almanac, public` by default (a replay builds beside the live tables). */
  searchPath?: string;
  /** False leaves the schema as it is; true by default. */
  migrate?: boolean;
  /** False trades safety against power cuts for speed (embedded server of the tests only); true by default. */
  durable?: boolean;
  /** Called once PostgreSQL starts, runs or is asked for: what keeps this thread busy hinders nothing from then on. */
  onLaunched?: () => void;
  /** An installed PostgreSQL to run as the embedded server in place of the bundled one (tests only). */
  binaries?: Binaries;
}

export interface Database {
  sql: Sql;
  /** Connection string, with its password: for other drivers and child processes, never for a log. */
  url: string;
  embedded: boolean;
  /** Asks to be the one server of the data folder, until `close`. `message` is one line for the person at the terminal. */
  lockServer(): Promise<ServerLockOutcome>;
  /** Waits up to 5 s for running queries, ends all connections, and stops the embedded server when nobody else uses it. */
  close(): Promise<void>;
}

const projectMigrations = resolve(import.meta.dirname, '../../../migrations');

/**
 * Opens the database and brings its schema up to date. Throws a `DatabaseFault` with one line when it cannot.
 * Many processes may have the same data folder open; only one can hold `lockServer`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, log, max = 8, applicationName = 'almanac' } = options;
  const dataDir = resolve(options.dataDir);
  if (databaseUrl !== undefined) options.onLaunched?.();
  const server =
    databaseUrl === undefined
      ? await openEmbedded(dataDir, log, options)
      : await openGiven(databaseUrl, dataDir, log);
  const settings = { url: server.url, log, applicationName, searchPath: options.searchPath };
  const sql = createPool(settings, max);
  const lock = serverLock(settings, dataDir, databaseUrl === undefined);

  async function close(): Promise<void> {
    await sql.end({ timeout: 5 });
    await lock.release();
    await server.close();
  }

  try {
    // The driver learns the array types with its first query, too late for an array in that query.
    await sql`select 1`;
    if (options.migrate ?? true) await migrate(sql, options.migrationsDir ?? projectMigrations);
  } catch (error) {
    await close();
    if (isDatabaseFault(error)) throw error;
    throw databaseFault(`the database cannot be opened: ${messageOf(error)}`, error);
  }
  return { sql, url: server.url, embedded: databaseUrl === undefined, lockServer: lock.take, close };
}

/** Checks that the server of `DATABASE_URL` answers and is new enough. */
async function openGiven(url: string, dataDir: string, log: Log) {
  await makeFolder(resolve(dataDir)).catch((error: unknown) => {
    throw databaseFault(`DATA_DIR ${dataDir} cannot be made: ${messageOf(error)}`, error);
  });
  const sql = connect(url, log);
  try {
    const [row] = await sql`select current_setting('server_version_num')::int as version`;
    if (row?.version < 150000) {
      throw databaseFault(
        `DATABASE_URL must be a PostgreSQL 15 or newer, not ${Math.floor(row?.version / 10000)}`,
      );
    }
  } catch (error) {
    if (isDatabaseFault(error)) throw error;
    throw databaseFault(`DATABASE_URL: cannot connect: ${messageOf(error)}`, error);
  } finally {
    await sql.end({ timeout: 1 });
  }
  return { url, close: async () => {} };
}

function connect(url: string, log: Log): Sql {
  try {
    return connectOnce({ url, log, applicationName: 'almanac start' });
  } catch (error) {
    throw databaseFault('DATABASE_URL must be like postgres://user:password@host:5432/database', error);
  }
}
