import { Worker } from 'node:worker_threads';
import type { TargetAnswer } from './endpoint.ts';
import type { Reading, SourceBody } from './read-source.ts';
import type { ReadingTask } from './reading-thread.ts';

/** Reads pages in a thread beside this one. */
export interface Reader {
  readSource(body: SourceBody): Promise<Reading>;
  /** Null: the target names no endpoint, or cannot be read. */
  findEndpoint(answer: TargetAnswer): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * The limits of `parseDocument` keep every page that was tried below a second on a slow machine; ten times that, and the
 * thread is ended: the page is taken for one that cannot be read.
 */
const PATIENCE_MS = 10_000;

interface Waiting {
  task: ReadingTask;
  settle(result: unknown): void;
}

/** The thread starts with the first page and takes one page at a time. */
export function createReader(): Reader {
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let current: { waiting: Waiting; patience: NodeJS.Timeout } | null = null;
  let tasks = 0;

  const finish = (result: unknown): void => {
    if (current === null) return;
    clearTimeout(current.patience);
    const { waiting } = current;
    current = null;
    worker?.unref();
    waiting.settle(result);
    next();
  };

  /** What a thread that failed (out of memory, a bug) was reading counts as unreadable; the next page gets a new thread. */
  const giveUp = (): void => {
    const lost = worker;
    worker = null;
    void lost?.terminate();
    finish(null);
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 },
    });
    started.on('message', ({ id, result }: { id: number; result: unknown }) => {
      if (current?.waiting.task.id === id) finish(result);
    });
    const ended = (): void => {
      if (worker === started) giveUp();
    };
    started.on('error', ended);
    started.on('exit', ended);
    return started;
  };

  const next = (): void => {
    if (current !== null) return;
    const waiting = queue.shift();
    if (waiting === undefined) return;
    worker ??= start();
    worker.ref();
    current = { waiting, patience: setTimeout(giveUp, PATIENCE_MS) };
    worker.postMessage(waiting.task);
  };

  const read = (task: ReadingTask): Promise<unknown> =>
    new Promise((settle) => {
      queue.push({ task, settle });
      next();
    });

  return {
    async readSource(input) {
      const reading = await read({ id: ++tasks, task: 'source', input });
      return (reading as Reading | null) ?? { kind: 'unreadable' };
    },
    async findEndpoint(input) {
      return (await read({ id: ++tasks, task: 'endpoint', input })) as string | null;
    },
    async close() {
      const open = worker;
      worker = null;
      await open?.terminate();
    },
  };
}
