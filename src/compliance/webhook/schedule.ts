const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** Pauses after the first, second, … try that was not answered 2xx; hourly then, until a day is over (specification §1.4). */
const firstPausesMs: readonly number[] = [2 * seconds, 10 * seconds, minutes, 5 * minutes, 30 * minutes];

/** When a webhook is called again after so many tries, the first of which was at `since`; null: nevermore. */
export function nextDelivery(tries: number, since: number, now: number): Date | null {
  const due = now + (firstPausesMs[tries - 1] ?? hours);
  return due - since > 24 * hours + 5 * minutes ? null : new Date(due);
}
