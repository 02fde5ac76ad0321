/** Longest wait that is honoured; a server that asks for more is told to the caller as it is. */
const LONGEST_WAIT_MS = 120_000;

/**
 * `Retry-After` in milliseconds (RFC 9110 section 10.2.3: seconds or an HTTP date); null when absent or no such value.
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * The pause before attempt `attempt` + 1 (counted from 1), or null when waiting makes no sense.
 * Without a header 0.25, 0.5, 1, 2, 4 … at most 10 s.
 */
export function pauseMs(attempt: number, retryAfter: number | null): number | null {
  if (retryAfter !== null) return retryAfter > LONGEST_WAIT_MS ? null : retryAfter;
  return Math.min(250 * 2 ** (attempt - 1), 10_000);
}

/** Only "come back later" answers are tried again: the server says itself that it did nothing. */
export function isRefusal(status: number): boolean {
  return status === 429 || status === 503;
}
