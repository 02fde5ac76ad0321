import { listFailed, retryFailed } from '../evidence/index.ts';
import type { Config } from '../platform/config/index.ts';
import { type Database, openDatabase } from '../platform/database/index.ts';
import { isoSeconds } from '../platform/http/index.ts';
import type { Log } from '../platform/log/index.ts';

/** Evidence that cannot be applied, with the reason. */
export async function listSetAside(config: Config, log: Log) {
  return withSql(config, log, async ({ sql }) =>
    (await listFailed(sql)).map(({ received_at: receivedAt, ...row }) => ({
      ...row,
      received_at: isoSeconds(receivedAt.getTime()),
    })),
  );
}

/** Puts set-aside evidence back in the queue, all of it when none is named; answers how many. */
export async function retrySetAside(config: Config, log: Log, ids: string[]): Promise<number> {
  return withSql(config, log, async ({ sql }) => {
    if (ids.length === 0) return retryFailed(sql, null);
    let retried = 0;
    for (const id of ids) retried += await retryFailed(sql, id);
    return retried;
  });
}

async function withSql<T>(config: Config, log: Log, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    max: 1,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
