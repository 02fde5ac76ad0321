import { type Accounts, createAccounts } from '../accounts/index.ts';
import { type Database, openDatabase } from '../platform/database/index.ts';
import type { Setting } from './setting.ts';

/** Opens the database for the time of `work`; a server may be using it at the same time. */
export async function withDatabase<T>(
  { config, log }: Setting,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    max: 2,
    applicationName: 'almanac command line',
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export function withAccounts<T>(setting: Setting, work: (accounts: Accounts) => Promise<T>): Promise<T> {
  return withDatabase(setting, ({ sql }) => work(createAccounts({ sql })));
}
