const firstMs = 5 * 60_000;
const longestMs = 6 * 60 * 60_000;
const forMs = 7 * 24 * 60 * 60_000;

/** Pauses between the tries of a parked step: 5 minutes, doubling to 6 hours, for 7 days (specification §6). */
export const pausesMs: readonly number[] = (() => {
  const pauses: number[] = [];
  for (let sum = 0, next = firstMs; sum + next <= forMs; next = Math.min(2 * next, longestMs)) {
    pauses.push(next);
    sum += next;
  }
  return pauses;
})();

/** When a step is tried again that has been tried again so many times; null: nevermore. */
export function nextRetry(retries: number, now: number): Date | null {
  const pause = pausesMs[retries];
  return pause === undefined ? null : new Date(now + pause);
}
