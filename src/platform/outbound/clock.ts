import { setTimeout as wait } from 'node:timers/promises';

/** Time as the door sees it: `now` in ms since 1970; `sleep` ends early, without throwing, when the signal fires. */
export type Clock = {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    // setTimeout overflows past 2^31 ms; nobody here waits longer than a minute.
    await wait(Math.min(ms, 2 ** 31 - 1), undefined, signal === undefined ? {} : { signal }).catch(() => {});
  },
};
