import { Worker } from 'node:worker_threads';
import type { LogLevel } from '../../platform/config/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { lastSeq } from '../records/records.store.ts';
import { createBuild, idsOf, type ReadModel, type RecordsEnd } from '../search/index.ts';
import { whileHeapFills } from './heap.ts';
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
  const { sql } = reading;
  const until = await lastSeq(sql);
  if (until < leastForThread) return 0;
  await whileHeapFills(() => readUntil(until, reading));
  return until;
}

async function readUntil(
  until: number,
  { databaseUrl, dataDir, logLevel, model, catalogue }: RegisterReading,
): Promise<void> {
  const workerData: ReadingData = { databaseUrl, dataDir, logLevel, until };
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const build = createBuild(model);
  try {
    const end = await new Promise<RecordsEnd>((resolve, reject) => {
      thread.on('error', reject);
      thread.on('exit', () => reject(new Error('the thread that reads the register ended early')));
      thread.on('message', (message: ReadingMessage) => {
        if (message.kind === 'batch') {
          build.takeBatch(message.records);
          catalogue.takeBatch(idsOf(message.records), message.catalogue);
          thread.postMessage('taken');
          return;
        }
        resolve(message.end);
      });
    });
    // Its memory is given back before the most is needed here.
    await thread.terminate();
    build.complete(end);
  } finally {
    await thread.terminate();
  }
}
