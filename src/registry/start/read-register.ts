import { Worker } from 'node:worker_threads';
import type { LogLevel } from '../../platform/config/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import { type Catalogue, createCatalogue } from '../catalogue.ts';
import { lastSeq } from '../records/records.store.ts';
import { createBuild, createReadModel, idsOf, type ReadModel, type RecordsEnd } from '../search/index.ts';
import { collectHeap } from './collect-heap.ts';
import type { ReadingData, ReadingMessage } from './messages.ts';

/** A register with fewer writes is read faster than a thread is started. */
const leastForThread = 1_000;

/** Room for short-lived objects in the thread. */
const youngMb = 24;

export interface RegisterReading {
  sql: Sql;
  /** Where another thread finds the same database. */
  databaseUrl: string;
  dataDir: string;
  logLevel: LogLevel;
}

/** The register in memory, which is not to be asked before it is read. */
export interface Register {
  model: ReadModel;
  catalogue: Catalogue;
  /** Resolves with the number up to which all records were read; the rest is for the follower. */
  read: Promise<number>;
  /** Breaks the reading off. */
  stop(): Promise<void>;
}

/** Begins to read a large register: another thread reads, this one builds, and has time for other things meanwhile. */
export function beginRegister(reading: RegisterReading): Register {
  const model = createReadModel();
  const catalogue = createCatalogue();
  const stopping = new AbortController();
  const read = readAll(reading, { model, catalogue }, stopping.signal);
  // Whoever waits for it is told; a start that fails before must not end in a second error.
  const ended = read.then(
    () => undefined,
    () => undefined,
  );
  return {
    model,
    catalogue,
    read,
    async stop() {
      stopping.abort(new Error('the register is not needed any more'));
      await ended;
    },
  };
}

type Target = Pick<Register, 'model' | 'catalogue'>;

async function readAll(reading: RegisterReading, target: Target, stopping: AbortSignal): Promise<number> {
  const until = await lastSeq(reading.sql);
  if (until < leastForThread) return 0;
  await readUntil(until, reading, target, stopping);
  collectHeap();
  return until;
}

async function readUntil(
  until: number,
  { databaseUrl, dataDir, logLevel }: RegisterReading,
  { model, catalogue }: Target,
  stopping: AbortSignal,
): Promise<void> {
  stopping.throwIfAborted();
  const workerData: ReadingData = { databaseUrl, dataDir, logLevel, until };
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const build = createBuild(model);
  try {
    const end = await new Promise<RecordsEnd>((resolve, reject) => {
      stopping.addEventListener('abort', () => reject(stopping.reason));
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
