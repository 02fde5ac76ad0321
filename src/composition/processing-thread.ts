import { parentPort, workerData } from 'node:worker_threads';
import type { Config, LogLevel } from '../platform/config/index.ts';
import { openDatabase } from '../platform/database/index.ts';
import { createLog } from '../platform/log/index.ts';
import { startProcessing } from './processing.ts';
import { readRobotsList } from './tables.ts';

// One processing loop beside the server's own thread, so that answering never waits for deriving.

export interface ThreadData {
  databaseUrl: string;
  config: Config;
  logLevel: LogLevel;
}

const { databaseUrl, config, logLevel } = workerData as ThreadData;
const log = createLog({ level: logLevel });
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
parentPort?.on('message', async (message) => {
  if (message === 'wake') processing.wake();
  if (message !== 'stop') return;
  await processing.stop();
  await database.close();
  parentPort?.postMessage('stopped');
  parentPort?.close();
});
parentPort?.postMessage('ready');
