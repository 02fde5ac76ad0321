import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { LogLevel } from '../../platform/config/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { lastSeq } from '../records/records.store.ts';
import { createBuild, type ReadModel, type RecordsEnd } from '../search/index.ts';
import type { ReadingData, ReadingMessage } from './messages.ts';

/** A register with fewer writes is read faster than a thread is started. */
const leastForThread = 1_000;

/** Room for short-lived objects in the thread. */
const youngMb = 24;

export interface RegisterReading {
  sql: Sql;
  databaseUrl: string;
  dataDir: string;
  logLevel: LogLevel;
  model: ReadModel;
  catalogue: Catalogue;
}

/**
 * Fills an empty model and an empty catalogue with a large register: another thread reads, this one builds.
 * @returns the number up to which all records were read; the rest is for the follower.
 */
export async function readRegister(reading: RegisterReading): Promise<number> {
  const { sql, databaseUrl, dataDir, logLevel, model, catalogue } = reading;
  const until = await lastSeq(sql);
  if (until < leastForThread) return 0;
  const workerData: ReadingData = { databaseUrl, dataDir, logLevel, until };
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const build = createBuild(model);
  heapGrows('freely');
  try {
    const end = await new Promise<RecordsEnd>((resolve, reject) => {
      thread.on('error', reject);
      thread.on('exit', () => reject(new Error('the thread that reads the register ended early')));
      thread.on('message', (message: ReadingMessage) => {
        if (message.kind === 'batch') {
          build.takeBatch(message.records);
          catalogue.takeBatch(message.records.ids, message.catalogue);
          thread.postMessage('taken');
          return;
        }
        resolve(message.end);
      });
    });
    // Its memory is given back before the most is needed here.
    await thread.terminate();
    build.complete(end);
    return until;
  } finally {
    await thread.terminate();
    heapGrows('slowly');
  }
}

/**
 * A heap that may grow by a fifth only before it is collected (see `bin/almanac.js`) is right for a server that has all it
 * needs; one that fills would be collected again and again, which took more time than all else.
 */
function heapGrows(how: 'freely' | 'slowly'): void {
  setFlagsFromString(`--heap-growing-percent=${how === 'freely' ? 50 : 20}`);
}
