import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config, LogLevel } from '../platform/config/index.ts';
import { openDatabase } from '../platform/database/index.ts';
import { createLog } from '../platform/log/index.ts';
import { startProcessing } from './processing.ts';
import { readRobotsList } from './tables.ts';

// One processing loop beside the server's own thread, so that answering never waits for deriving.

export interface ThreadData {
  config: Config;
  logLevel: LogLevel;
}

/** Where to work comes first; it may come long after the thread has loaded what it needs. */
export type ThreadMessage = { databaseUrl: string } | 'wake' | 'stop';

const { config, logLevel } = workerData as ThreadData;
const log = createLog({ level: logLevel });
const port = parentPort;
if (port === null) throw new Error('this is a thread of the server');

async function work(databaseUrl: string) {
  const database = await openDatabase({
    databaseUrl,
    dataDir: config.dataDir,
    log,
    max: 5,
    applicationName: 'almanac processor',
    migrate: false,
  });
  const processing = startProcessing({
    sql: database.sql,
    // The server has just read it; a URL that does not answer any more gives the copy.
    robots: await readRobotsList(config, log),
    log,
    now: Date.now,
    lookups: config.sruUrl !== null,
  });
  return { database, processing };
}

const { promise: given, resolve: give } = Promise.withResolvers<string>();
const working = given.then(work);
port.on('message', async (message: ThreadMessage) => {
  if (typeof message === 'object') {
    give(message.databaseUrl);
    return;
  }
  const { database, processing } = await working;
  processing.wake();
  if (message !== 'stop') return;
  await processing.stop();
  await database.close();
  port.postMessage('stopped');
  port.close();
});
await working;
port.postMessage('ready');
// What was compiled is kept for the next start.
flushCompileCache();
