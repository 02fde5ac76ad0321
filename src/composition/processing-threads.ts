import { Worker } from 'node:worker_threads';
import type { Loop } from '../evidence/index.ts';
import type { Config } from '../platform/config/index.ts';
import type { Database } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';

/** The processing threads of this server; none when the configuration leaves the work to `almanac worker`. */
export async function startThreads(config: Config, log: Log, database: Database): Promise<Loop> {
  const threads = await Promise.all(
    Array.from({ length: config.processors }, async () => {
      const thread = new Worker(new URL('./processing-thread.ts', import.meta.url), {
        workerData: { databaseUrl: database.url, config, logLevel: log.level },
        // Room for short-lived objects: with half of it a fifth more of them are moved and collected the long way. The usual
        // 48 MB would be a tenth of the whole server.
        resourceLimits: { maxYoungGenerationSizeMb: 16 },
      });
      await new Promise<void>((resolve, reject) => {
        thread.once('message', () => resolve());
        thread.once('error', reject);
      });
      thread.on('error', (error) => {
        log.fatal({ error }, 'a processing thread ended; the server stops so that it can be started again');
        process.exit(1);
      });
      return thread;
    }),
  );
  return {
    wake() {
      for (const thread of threads) thread.postMessage('wake');
    },
    hurry() {
      for (const thread of threads) thread.postMessage('wake');
    },
    async stop() {
      await Promise.all(
        threads.map(
          (thread) =>
            new Promise<void>((resolve) => {
              thread.once('exit', () => resolve());
              thread.postMessage('stop');
            }),
        ),
      );
    },
  };
}
