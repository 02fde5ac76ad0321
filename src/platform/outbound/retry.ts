/** Statuses that are worth another try (events.md §5.2). All other 4xx are final. */
const retriable = new Set([408, 425, 429, 500, 502, 503, 504]);
/** A longer `Retry-After` is not slept through: the run is suspended until then (events.md §5.2). */
export const longestWaitMs = 60_000;

export function isRetriableStatus(status: number): boolean {
  return retriable.has(status);
}

/** Full jitter: anything from nothing to min(60 s, 0.5 s · 2ⁿ); n counts the failed tries before this wait from 0. */
export function backoffMs(n: number, random: () => number): number {
  return random() * Math.min(longestWaitMs, 500 * 2 ** n);
}

/** `Retry-After` as the time (ms since 1970) to come back: seconds or an HTTP date (RFC 9110 §10.2.3); null if absent or neither. */
export function retryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return now + Number(text) * 1000;
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(now, at);
}
