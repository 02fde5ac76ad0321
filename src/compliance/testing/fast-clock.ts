import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../platform/outbound/index.ts';

/** Time that runs so many times as fast, so that backing off for half a minute takes a moment. */
export function fastClock(times: number): Clock {
  const began = Date.now();
  return {
    now: () => began + (Date.now() - began) * times,
    async sleep(ms, signal) {
      const options = signal === undefined ? {} : { signal };
      await wait(Math.min(ms, 3_600_000) / times, undefined, options).catch(() => {});
    },
  };
}
