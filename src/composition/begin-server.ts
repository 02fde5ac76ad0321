import type { Config, LogLevel } from '../platform/config/index.ts';
import { type Database, openDatabase } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Register } from '../registry/index.ts';
import { beginThreads, type Threads } from './processing-threads.ts';

/** What of a server takes time outside its own thread. */
export interface Beginning {
  database: Promise<Database>;
  threads: Threads;
  /** Rejected when another server has the data folder. */
  register: Promise<Register>;
  /** Resolves when all of it is under way, well or not: from here on this thread may be kept busy. */
  underWay: Promise<unknown>;
}

/**
 * Begins a server with what needs nothing of the rest, which can be loaded meanwhile: PostgreSQL first, then what reads
 * a large register, which takes longest by far.
 */
export function beginServer(config: Config, log: Log): Beginning {
  const { promise: launched, resolve } = Promise.withResolvers<void>();
  const threads = beginThreads(config, log);
  const database = openDatabase({
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    max: 10,
    applicationName: 'almanac server',
    onLaunched: resolve,
  });
  const register = beginAlone();
  // Whoever waits for them is told of their failure.
  database.catch(() => {});
  const underWay = register.catch(() => {});
  return { database, threads, register, underWay };

  async function beginAlone(): Promise<Register> {
    await Promise.race([launched, database]);
    const { beginRegister } = await import('../registry/index.ts');
    const { sql, url: databaseUrl, lockServer } = await database;
    const lock = await lockServer();
    if (!lock.ok) throw new Error(lock.message);
    const logLevel = log.level as LogLevel;
    return beginRegister({ sql, databaseUrl, dataDir: config.dataDir, logLevel });
  }
}
