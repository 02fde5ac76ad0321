import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../platform/outbound/index.ts';

const DAY_MS = 86_400_000;

/**
 * Time that runs so many times as fast, so that backing off for half a minute takes a moment. It begins early today: answers
 * are those of a day, which is not to end under a test.
 */
export function fastClock(times: number): Clock {
  const began = Date.now();
  const early = Math.floor(began / DAY_MS) * DAY_MS + 3_600_000;
  return {
    now: () => early + (Date.now() - began) * times,
    async sleep(ms, signal) {
      const options = signal === undefined ? {} : { signal };
      await wait(Math.min(ms, 3_600_000) / times, undefined, options).catch(() => {});
    },
  };
}
