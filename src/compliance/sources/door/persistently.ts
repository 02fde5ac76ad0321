import type { Log } from '../../../platform/log/index.ts';
import type { Clock } from '../../../platform/outbound/index.ts';

/** Between two tries to reach the database. */
const PAUSE_MS = 1_000;

/**
 * Does something with the database until it works: a question must not be lost because the database is away for a moment.
 * Throws what will not pass (`isLasting`): trying again would hold up every other question for ever.
 */
export async function persistently<Result>(
  work: () => Promise<Result>,
  {
    clock,
    log,
    isStopped,
    isLasting = () => false,
  }: { clock: Clock; log: Log; isStopped(): boolean; isLasting?(error: unknown): boolean },
): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (isStopped() || isLasting(error)) throw error;
      if (tries === 0) log.warn({ err: error }, 'asking sources waits for the database');
      await clock.sleep(PAUSE_MS);
    }
  }
}
