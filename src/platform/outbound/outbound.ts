import { lookup } from 'node:dns/promises';
import { parseAddressRanges } from './address-guard.ts';
import { type Attempt, attempt, type Door } from './attempt.ts';
import { asText, collect } from './body.ts';
import { createBreaker, neverOpen } from './breaker.ts';
import { type Clock, systemClock } from './clock.ts';
import { createGuardedAgent, type Resolve } from './connector.ts';
import { acceptEncoding } from './decode.ts';
import { classify, failureOf, OutboundError, type OutboundFailure } from './failure.ts';
import { createPoliteness, type HostLimits, noPoliteness } from './politeness.ts';
import { type OutboundRequest, type Settled, settle } from './request.ts';
import { backoffMs, isRetriableStatus, longestWaitMs, retryAfter } from './retry.ts';

type Answer = {
  ok: true;
  /** Any status: 404 and 500 are answers too. */
  status: number;
  /** Names in lower case, repeated ones joined by `, `. */
  headers: Record<string, string>;
  /** Where the answer came from, after redirects. */
  url: string;
  /** Requests sent, repeats and redirects included. */
  requests: number;
  /** Set when the host asked to be left alone for more than a minute (ms since 1970); until then it answers `suspended`. */
  suspendedUntil?: number;
};

export type WholeAnswer = Answer & { bytes: Uint8Array; cut: boolean; text(): string };

export type StreamedAnswer = Answer & {
  /** To be read once, or left by `break`. Throws `OutboundError` (kind as in `OutboundFailure`) when the body fails on the way. */
  body: AsyncIterable<Uint8Array>;
  /** Whether `atLimit: 'cut'` did cut; known after the body has been read. */
  wasCut(): boolean;
  /** For a body that is not wanted. Until it is read or discarded it holds one of the host's places. */
  discard(): void;
};

export type Outbound = {
  /** The answer with its body in memory; a body that breaks off is tried again like any other failure. */
  fetch(url: string, request?: OutboundRequest): Promise<WholeAnswer | OutboundFailure>;
  /** The answer with its body as a stream; tries again only until the headers are there. */
  stream(url: string, request?: OutboundRequest): Promise<StreamedAnswer | OutboundFailure>;
  /** Ends all connections; requests under way end as `aborted`. */
  close(): Promise<void>;
};

export type OutboundOptions = {
  /** CIDRs outgoing requests may reach although they are private (`ALLOW_PRIVATE_ADDRESSES`). Throws a TypeError for a bad one. */
  allowPrivateAddresses: readonly string[];
  userAgent: string;
  resolve?: Resolve;
  clock?: Clock;
  /** 0 ≤ x < 1, for the jitter. */
  random?: () => number;
  /** How hard a host (`name` or `name:port`) may be asked. Default: 4 at once, 10 per second, bursts of 10. */
  limitsOf?: (host: string) => HostLimits;
  /** False: a host that fails is asked on. For strangers' pages, each of which is asked for a few times and no more. Default true. */
  breaks?: boolean;
  /** The caller paces itself and breaks off by rules of its own: no host is made to wait or left out here. */
  unpaced?: boolean;
  /** Called once per opening of a host's breaker; `until` in ms since 1970. */
  onBreakerOpen?: (host: string, until: number) => void;
};

const defaultLimits: HostLimits = { concurrency: 4, perSecond: 10, burst: 10 };

/** The only door for outgoing requests. Failures are values; nothing here throws but the iteration of a streamed body. */
export function createOutbound(options: OutboundOptions): Outbound {
  const ranges = parseAddressRanges(options.allowPrivateAddresses);
  if (!ranges.ok) throw new TypeError(`not an address range: ${ranges.bad}`);
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const always = { 'user-agent': options.userAgent, 'accept-encoding': acceptEncoding };
  const resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true, order: 'verbatim' }));
  const closing = new AbortController();
  let agent: ReturnType<typeof createGuardedAgent> | undefined;
  const door: Door = {
    agent() {
      agent ??= createGuardedAgent(ranges.ranges, resolve, closing.signal);
      return agent;
    },
    allowed: ranges.ranges,
    politeness: options.unpaced
      ? noPoliteness
      : createPoliteness(clock, options.limitsOf ?? (() => defaultLimits)),
    breaker:
      options.unpaced || options.breaks === false
        ? neverOpen
        : createBreaker(clock.now, options.onBreakerOpen),
    closing: closing.signal,
    now: clock.now,
  };

  /** Tries until `read` gives an answer that is final. */
  const tryUntilFinal = async <A extends StreamedAnswer | WholeAnswer>(
    url: string,
    request: Settled,
    read: (answer: StreamedAnswer) => Promise<A | OutboundError>,
  ): Promise<A | OutboundFailure> => {
    const target = URL.parse(url);
    if (target === null) return failureOf(new OutboundError('address', 'not an absolute URL'), 0);
    let requests = 0;
    for (let n = 0; ; n += 1) {
      const tried = await attempt(door, target, request);
      requests += tried.requests;
      const wait = n < request.retries ? waitAfter(door, tried, n, clock.now(), random) : null;
      if (tried.ok && wait !== null) {
        tried.body.leave();
      } else if (tried.ok) {
        const answer = streamed(tried, requests);
        const until = door.politeness.pausedUntil(tried.host);
        if (until !== null && until - clock.now() > longestWaitMs) answer.suspendedUntil = until;
        const result = await read(answer);
        if (!(result instanceof OutboundError)) return result;
        if (n >= request.retries || !isWorthRetrying(result)) return failureOf(result, requests);
      } else if (wait === null) {
        return failureOf(tried.error, requests);
      }
      await clock.sleep(wait ?? backoffMs(n, random), request.signal);
      if (request.signal?.aborted || closing.signal.aborted) {
        return failureOf(new OutboundError('aborted', 'the request was given up'), requests);
      }
    }
  };

  return {
    fetch: (url, request = {}) => tryUntilFinal(url, settle(request, always), readWhole),
    stream: (url, request = {}) => tryUntilFinal(url, settle(request, always), async (answer) => answer),
    async close() {
      closing.abort();
      await (await agent)?.destroy();
    },
  };
}

/** How long to wait (ms) before the next try, or null when what came is final. */
function waitAfter(door: Door, tried: Attempt, n: number, now: number, random: () => number): number | null {
  if (!tried.ok) return isWorthRetrying(tried.error) ? backoffMs(n, random) : null;
  if (!isRetriableStatus(tried.status)) return null;
  const paused = Math.max(
    retryAfter(tried.headers['retry-after'], now) ?? 0,
    door.politeness.pausedUntil(tried.host) ?? 0,
  );
  if (paused <= now) return backoffMs(n, random);
  return paused - now > longestWaitMs ? null : paused - now;
}

function isWorthRetrying({ kind }: OutboundError): boolean {
  return kind === 'timeout' || kind === 'reset' || kind === 'dns';
}

function streamed(tried: Attempt & { ok: true }, requests: number): StreamedAnswer {
  const { status, headers, url, body } = tried;
  return {
    ok: true,
    status,
    headers,
    url,
    requests,
    body: body.chunks,
    wasCut: body.wasCut,
    discard: body.leave,
  };
}

async function readWhole(answer: StreamedAnswer): Promise<WholeAnswer | OutboundError> {
  const { body, wasCut, discard: _, ...rest } = answer;
  try {
    const bytes = await collect(body);
    return { ...rest, bytes, cut: wasCut(), text: () => asText(bytes, answer.headers['content-type']) };
  } catch (error) {
    return classify(error);
  }
}
