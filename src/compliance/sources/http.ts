import {
  type Clock,
  type Outbound,
  type OutboundRequest,
  readRateLimit,
} from '../../platform/outbound/index.ts';
import type { Manners, Reply } from './source.ts';

/** An answer that arrived whole, or why none did. */
export type Got = { manners: Manners } & (
  | { status: number; text: string; failure: null }
  | { status: null; failure: string }
);

export type Get = (url: string, request?: OutboundRequest) => Promise<Got>;

/** §6: time until the first byte, and in all. */
export const timeLimits = { firstByteMs: 10_000, timeoutMs: 30_000, retries: 0 } as const;

/** One try of one request: when to try again is the door's to say. */
export function createGet(outbound: Outbound, clock: Pick<Clock, 'now'>): Get {
  return async (url, request = {}) => {
    const answer = await outbound.fetch(url, {
      ...timeLimits,
      accept: 'application/json',
      maxBytes: 20 * 1024 * 1024,
      ...request,
    });
    if (!answer.ok) return { manners: {}, status: null, failure: answer.kind };
    const manners = mannersOf(answer.headers, clock.now());
    return { manners, status: answer.status, text: answer.text(), failure: null };
  };
}

export function mannersOf(headers: Record<string, string>, now: number): Manners {
  const { pauseUntil, rate, concurrency } = readRateLimit(headers, now);
  return {
    ...(pauseUntil === undefined ? {} : { pauseUntil }),
    ...(rate === undefined ? {} : { perSecond: rate.requests / (rate.perMs / 1000) }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

/**
 * Judges an answer: `read` gives null for a body that is not what the source answers with, such as a page of HTML with
 * status 200. Any status but 2xx that `notFound` does not name is no answer.
 */
export function judge(
  got: Got,
  read: (text: string) => Reply[] | null,
  keys: number,
  notFound: readonly number[] = [],
): Reply[] {
  const all = (reply: Reply): Reply[] => Array.from({ length: keys }, () => reply);
  if (got.failure !== null) return all({ outcome: 'unavailable', status: got.failure });
  if (notFound.includes(got.status)) return all({ outcome: 'not_found' });
  if (got.status < 200 || got.status > 299)
    return all({ outcome: 'unavailable', status: `HTTP ${got.status}` });
  return read(got.text) ?? all({ outcome: 'unavailable', status: 'malformed' });
}
