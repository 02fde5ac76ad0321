import { Worker } from 'node:worker_threads';
import type { Loop } from '../evidence/index.ts';
import type { Config, LogLevel } from '../platform/config/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { ThreadData, ThreadMessage } from './processing-thread.ts';

/** Threads that load what they need, and wait for a database to work on. */
export interface Threads {
  /** Lets them process. `ready` resolves when all of them do; it is rejected when one cannot. */
  process(databaseUrl: string): { loop: Loop; ready: Promise<void> };
  /** Ends them. Those that process are stopped by their loop first. */
  end(): Promise<void>;
}

/** The processing threads of a server; none when the configuration leaves the work to `almanac worker`. */
export function beginThreads(config: Config, log: Log): Threads {
  const threads = Array.from({ length: config.processors }, () => {
    const thread = new Worker(new URL('./processing-thread.ts', import.meta.url), {
      workerData: { config, logLevel: log.level as LogLevel } satisfies ThreadData,
      // Room for short-lived objects: with half of it a fifth more of them are moved and collected the long way. The usual
      // 48 MB would be a tenth of the whole server.
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    const ready = new Promise<void>((resolve, reject) => {
      thread.once('message', () => resolve());
      thread.once('error', reject);
    });
    // A server that does not come so far as to wait for it has another reason to tell.
    ready.catch(() => {});
    return { thread, ready };
  });

  async function stop(): Promise<void> {
    await Promise.all(
      threads.map(
        ({ thread }) =>
          new Promise<void>((resolve) => {
            thread.once('exit', () => resolve());
            tell(thread, 'stop');
          }),
      ),
    );
  }

  const wake = (): void => {
    for (const { thread } of threads) tell(thread, 'wake');
  };

  async function allReady(): Promise<void> {
    await Promise.all(threads.map(({ ready }) => ready));
    for (const { thread } of threads) {
      thread.on('error', (error) => {
        log.fatal({ error }, 'a processing thread ended; the server stops so that it can be started again');
        process.exit(1);
      });
    }
  }

  return {
    process(databaseUrl) {
      for (const { thread } of threads) tell(thread, { databaseUrl });
      return { loop: { wake, hurry: wake, stop }, ready: allReady() };
    },
    async end() {
      await Promise.all(threads.map(({ thread }) => thread.terminate()));
    },
  };
}

const tell = (thread: Worker, message: ThreadMessage): void => thread.postMessage(message);
