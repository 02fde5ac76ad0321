import { retryAfter } from './retry.ts';

/** What a host says about its limits. Anything it does not say is absent, and absent means nothing. */
export type RateLimit = {
  /** Come back then (ms since 1970): `Retry-After`, or a window with ≤ 1 % left ends then. */
  pauseUntil?: number;
  /** Crossref's form: so many requests (`X-Rate-Limit-Limit`) in so many ms (`X-Rate-Limit-Interval: 1s`). */
  rate?: { requests: number; perMs: number };
  /** Crossref's `X-Concurrency-Limit`. */
  concurrency?: number;
};

/**
 * Reads `Retry-After` and the `RateLimit-*`, `X-RateLimit-*` and `X-Rate-Limit-*` families (events.md §5.2), the combined
 * `RateLimit` field of the IETF drafts included. Names are expected in lower case.
 */
export function readRateLimit(headers: Record<string, string>, now: number): RateLimit {
  const found: RateLimit = {};
  const pauses = [retryAfter(headers['retry-after'], now), windowEnd(headers, now)].filter((t) => t !== null);
  if (pauses.length > 0) found.pauseUntil = Math.max(...pauses);
  const requests = count(headers['x-rate-limit-limit']);
  const perMs = duration(headers['x-rate-limit-interval']);
  if (requests !== null && requests > 0 && perMs !== null && perMs > 0) found.rate = { requests, perMs };
  const concurrency = count(headers['x-concurrency-limit']);
  if (concurrency !== null && concurrency > 0) found.concurrency = concurrency;
  return found;
}

function windowEnd(headers: Record<string, string>, now: number): number | null {
  const combined = combinedField(headers.ratelimit, headers['ratelimit-policy']);
  const one = (name: string) =>
    headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`] ?? headers[`x-rate-limit-${name}`];
  const remaining = count(combined.remaining ?? one('remaining'));
  if (remaining === null) return null;
  const limit = count(combined.limit ?? one('limit')) ?? 0;
  if (remaining > limit * 0.01) return null;
  // CORE calls its reset `X-RateLimit-Retry-After`.
  return moment(combined.reset ?? one('reset') ?? one('retry-after'), now);
}

/** `limit=100, remaining=5, reset=30` (draft 7) or `"default";r=5;t=30` with the quota in the policy `"default";q=100` (draft 8 on). */
function combinedField(field: string | undefined, policy: string | undefined) {
  const value = (text: string | undefined, name: string) =>
    text?.match(new RegExp(`(?:^|[;,\\s])${name}=(\\d+)`))?.[1];
  return {
    limit: value(field, 'limit') ?? value(policy, 'q'),
    remaining: value(field, 'remaining') ?? value(field, 'r'),
    reset: value(field, 'reset') ?? value(field, 't'),
  };
}

function count(text: string | undefined): number | null {
  // Several windows may be listed ("100, 100;w=60"): the first is the one in force.
  const digits = text?.match(/^\s*(\d{1,15})/)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Seconds from now, seconds or ms since 1970, or a date: all are in use; a number decides by its size. */
function moment(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) {
    const value = Number(text);
    if (value > 1e11) return value;
    return value > 1e9 ? value * 1000 : now + value * 1000;
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

function duration(text: string | undefined): number | null {
  const [, amount, unit] = text?.match(/^\s*(\d{1,9})\s*(ms|s|m|h)?\s*$/) ?? [];
  if (amount === undefined) return null;
  const scale = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? 's'];
  return scale === undefined ? null : Number(amount) * scale;
}
