import { setTimeout } from 'node:timers/promises';
import {
  type CronItem,
  type JobHelpers,
  makeWorkerUtils,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type TaskSpec,
  type WorkerPool,
  type WorkerUtils,
} from 'graphile-worker';
import type pg from 'pg';
import { type AbandonedJobs, releaseAbandonedJobs } from './abandoned.ts';
import { addJobInTransaction, type JobOptions } from './add-job.ts';
import { openConnections } from './connections.ts';
import { createJobEvents } from './job-events.ts';
import { type JobsLog, workerLogger } from './task-log.ts';

/** What a task is given beside its payload. */
export type TaskHelpers = {
  /** The id of the job, the same at each attempt. */
  jobId: string;
  /** 1 at the first try. */
  attempt: number;
  /** Fires when the process is about to stop: finish or throw; a job that throws is tried again. */
  signal: AbortSignal;
};

export type Task = (payload: unknown, helpers: TaskHelpers) => Promise<void>;

/** A task by schedule: five fields, UTC. At most one process runs each firing. */
export type CronTask = { task: string; match: string; payload?: Record<string, unknown> };

export type JobsOptions = {
  databaseUrl: string;
  log: JobsLog;
  tasks: Record<string, Task>;
  cron?: CronTask[];
  /** Jobs at once in this process. Default 2. */
  concurrency?: number;
};

export type Jobs = {
  /** Makes or updates the schema `graphile_worker`; safe when several processes do it at once. `start` does it too. */
  prepare(): Promise<void>;
  start(): Promise<void>;
  /** Lets running jobs finish for up to 3 s, then hands them back to be tried again; over within 5 s. */
  stop(): Promise<void>;
  add(name: string, payload: unknown, options?: JobOptions): Promise<void>;
  addInTransaction: typeof addJobInTransaction;
};

// The process has 10 s to end on SIGTERM (contract.md); jobs get half of it.
const abortAfterMs = 2_000;
const handBackAfterMs = 3_000;
const handBackWithinMs = 700;
const closeWithinMs = 300;
const longestRestartMs = 30_000;

type Running = { runner: Runner; workers: WorkerPool | null; abandoned: AbandonedJobs | null };

/**
 * Jobs that outlive the process: kept in the database, tried again with growing pauses when they throw (exp(attempt) seconds),
 * run by whichever process is free. Connections that break are made again without a hand.
 */
export function createJobs(options: JobsOptions): Jobs {
  const { log, databaseUrl } = options;
  const taskList = Object.fromEntries(
    Object.entries(options.tasks).map(([name, task]) => [name, adapt(task)]),
  );
  const cron = parseCronItems((options.cron ?? []).map(cronItem));
  const concurrency = options.concurrency ?? 2;

  let stopping = new AbortController();
  let running: Running | null = null;
  let utils: Promise<WorkerUtils> | null = null;
  let pool: pg.Pool | null = null;

  const shared = () => {
    // One to listen, one for the schedule, one for adding, and one for each job to be fetched or finished.
    pool ??= openConnections(databaseUrl, concurrency + 3, log);
    return { pgPool: pool, logger: workerLogger(log) };
  };

  const watchOver = (workers: WorkerPool | null) =>
    workers === null ? null : releaseAbandonedJobs(databaseUrl, workers.id, log);

  const launch = async () => {
    const events = createJobEvents(log);
    let workers: WorkerPool | null = null;
    events.on('pool:create', ({ workerPool }) => {
      workers = workerPool;
    });
    const runner = await run({
      ...shared(),
      taskList,
      parsedCronItems: cron,
      concurrency,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: abortAfterMs,
      // Without batches the worker does not wait until the end of a job is written (0.18.0): a stop could come in between, and a
      // connection cut at that moment was an unhandled rejection. Batches of no delay are waited for, and their failure ends the
      // runner, which is started again; the job itself is then found among the abandoned.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      events,
    });
    const started = { runner, workers, abandoned: watchOver(workers) };
    running = started;
    const ended = (error?: unknown) => {
      if (running !== started || stopping.signal.aborted) return;
      running = null;
      void started.abandoned?.stop();
      void relaunch(error);
    };
    runner.promise.then(() => ended(), ended);
  };

  /** The runner gives up when it meets an error it did not expect; jobs must not stay undone for that. */
  const relaunch = async (reason: unknown) => {
    const { signal } = stopping;
    for (let pause = 500; !signal.aborted; pause = Math.min(longestRestartMs, pause * 2)) {
      log.warn({ err: reason, pause_ms: pause }, 'jobs stopped unexpectedly; starting them again');
      await sleep(pause, signal);
      if (signal.aborted) return;
      try {
        await launch();
        // A stop that came meanwhile found nothing to stop.
        if (signal.aborted && running !== null) await stopWithin(running);
        return;
      } catch (error) {
        reason = error;
      }
    }
  };

  return {
    prepare: () => runMigrations(shared()),
    async start() {
      stopping = new AbortController();
      await launch();
    },
    async stop() {
      stopping.abort();
      const current = running;
      running = null;
      const opened = utils;
      utils = null;
      if (current !== null) await stopWithin(current);
      await (await opened?.catch(() => null))?.release();
      const connections = pool;
      pool = null;
      if (connections !== null)
        await Promise.race([connections.end(), sleep(closeWithinMs, new AbortController().signal)]);
    },
    async add(name, payload, jobOptions = {}) {
      utils ??= makeWorkerUtils(shared());
      const opened = utils;
      const ready = await opened.catch((error: unknown) => {
        if (utils === opened) utils = null; // the next caller tries anew
        throw error;
      });
      await ready.addJob(name, payload ?? {}, taskSpec(jobOptions));
    },
    addInTransaction: addJobInTransaction,
  };
}

/** `runner.kill` does nothing once a graceful stop has begun, so the pool itself is told to let go. */
async function stopWithin({ runner, workers, abandoned }: Running): Promise<void> {
  const over = new AbortController();
  const finished = runner.stop().catch(() => {});
  const late = sleep(handBackAfterMs, over.signal).then(async () => {
    if (over.signal.aborted) return;
    const handedBack = Promise.resolve(workers?.forcefulShutdown('the process stops')).catch(() => {});
    await Promise.race([handedBack, sleep(handBackWithinMs, over.signal)]);
  });
  await Promise.race([finished, late]);
  over.abort();
  // Last: until then our jobs are ours.
  await abandoned?.stop();
}

function adapt(task: Task) {
  return async (payload: unknown, helpers: JobHelpers): Promise<void> => {
    const signal = helpers.abortSignal ?? new AbortController().signal;
    await task(payload, { jobId: String(helpers.job.id), attempt: helpers.job.attempts, signal });
  };
}

function cronItem({ task, match, payload }: CronTask): CronItem {
  return { task, match, identifier: task, ...(payload === undefined ? {} : { payload }) };
}

function taskSpec({ jobKey, runAt, queue, maxAttempts }: JobOptions): TaskSpec {
  return {
    ...(jobKey === undefined ? {} : { jobKey }),
    ...(runAt === undefined ? {} : { runAt }),
    ...(queue === undefined ? {} : { queueName: queue }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
}

/** Ends early, without throwing, when the signal fires. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
