import type { Agent, Dispatcher } from 'undici';
import { type AddressRange, faultOfUrl } from './address-guard.ts';
import { type BoundedBody, boundBody } from './body.ts';
import type { Breaker } from './breaker.ts';
import { decode } from './decode.ts';
import { classify, OutboundError } from './failure.ts';
import type { Politeness } from './politeness.ts';
import { readRateLimit } from './rate-limit-headers.ts';
import { type Hop, nextHop } from './redirects.ts';
import type { Settled } from './request.ts';
import { isRetriableStatus } from './retry.ts';
import { createTimeLimit, type TimeLimit } from './time-limit.ts';

/** What every attempt needs; one of each per door. */
export type Door = {
  /** The same each time. */
  agent(): Promise<Agent>;
  allowed: readonly AddressRange[];
  politeness: Politeness;
  breaker: Breaker;
  closing: AbortSignal;
  now(): number;
};

/** One try with all its redirects, up to the headers of the last answer. */
export type Attempt = { host: string; requests: number } & (
  | { ok: true; status: number; headers: Record<string, string>; url: string; body: BoundedBody }
  | { ok: false; error: OutboundError }
);

type Admission = { leave(outcome: 'success' | 'failure' | 'neutral'): void };

/** Sends the request and follows it to its end. Never throws. */
export async function attempt(door: Door, target: URL, request: Settled): Promise<Attempt> {
  const agent = await door.agent();
  const time = createTimeLimit(request.timeoutMs, [
    door.closing,
    ...(request.signal ? [request.signal] : []),
  ]);
  const seen = new Set<string>();
  let hop: Hop = {
    url: target,
    method: request.method,
    headers: request.headers,
    body: request.body,
    target: request.target,
  };
  let requests = 0;
  try {
    for (;;) {
      refuseCircle(seen, hop, request.maxRedirects);
      const host = hop.url.host;
      const admission = await admit(door, hop.url, time);
      requests += 1;
      const answer = await send(agent, hop, request, time).catch((error: unknown) => {
        const failure = time.signal.aborted ? classify(time.signal.reason) : classify(error);
        admission.leave(countsAgainstHost(failure) ? 'failure' : 'neutral');
        throw failure;
      });
      const headers = flatten(answer.headers);
      door.politeness.learn(host, readRateLimit(headers, door.now()));
      const next = nextHop(hop, answer.statusCode, answer.headers.location);
      if (next.kind === 'none' || request.redirects === 'return') {
        const body = bodyOf(answer, headers, hop.method, request, time, admission);
        return { ok: true, host, requests, status: answer.statusCode, headers, url: hop.url.href, body };
      }
      abandon(answer);
      admission.leave('success');
      if (next.kind === 'unreadable')
        throw new OutboundError('redirects', 'the redirect names no readable address');
      hop = next.hop;
    }
  } catch (error) {
    time.clear();
    return { ok: false, host: hop.url.host, requests, error: classify(error) };
  }
}

function refuseCircle(seen: Set<string>, hop: Hop, maxRedirects: number): void {
  const key = `${hop.method} ${hop.url.href.split('#', 1)[0]}`;
  if (seen.has(key)) throw new OutboundError('redirects', 'the redirects go in a circle');
  if (seen.size > maxRedirects) throw new OutboundError('redirects', `more than ${maxRedirects} redirects`);
  seen.add(key);
}

/** Guard, breaker, turn: in this order, so that a refused address never waits and a broken host is not queued for. */
async function admit(door: Door, url: URL, time: TimeLimit): Promise<Admission> {
  const fault = faultOfUrl(url, door.allowed);
  if (fault !== null) throw new OutboundError('address', fault);
  if (door.breaker.openUntil(url.host) !== null) throw suspended(door.breaker.openUntil(url.host));
  time.pause();
  const permit = await door.politeness.acquire(url.host, time.signal);
  if (!permit.ok && permit.until !== null) throw suspended(permit.until);
  if (!permit.ok) throw classify(time.signal.reason);
  if (time.signal.aborted) {
    permit.release();
    throw classify(time.signal.reason);
  }
  const until = door.breaker.enter(url.host);
  if (until !== null) {
    permit.release();
    throw suspended(until);
  }
  time.resume();
  let inside = true;
  return {
    leave(outcome) {
      if (!inside) return;
      inside = false;
      permit.release();
      door.breaker.leave(url.host, outcome);
    },
  };
}

function suspended(until: number | null): OutboundError {
  return new OutboundError('suspended', 'the host is not asked for the time being', until ?? undefined);
}

/** undici hears the signal only once it has a connection; a lookup or connect that hangs is ended by the race. */
function send(agent: Agent, hop: Hop, request: Settled, time: TimeLimit): Promise<Dispatcher.ResponseData> {
  const { promise: outOfTime, reject } = Promise.withResolvers<never>();
  const fire = () => reject(time.signal.reason);
  if (time.signal.aborted) fire();
  time.signal.addEventListener('abort', fire, { once: true });
  const answer = agent.request({
    origin: hop.url.origin,
    path: hop.target ?? `${hop.url.pathname}${hop.url.search}`,
    method: hop.method,
    headers: hop.headers,
    body: hop.body,
    signal: time.signal,
    ...(request.firstByteMs === null ? {} : { headersTimeout: request.firstByteMs }),
  });
  return Promise.race([answer, outOfTime]).finally(() => time.signal.removeEventListener('abort', fire));
}

function bodyOf(
  answer: Dispatcher.ResponseData,
  headers: Record<string, string>,
  method: string,
  request: Settled,
  time: TimeLimit,
  admission: Admission,
): BoundedBody {
  const hasBody = method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304;
  const decoded = hasBody ? decode(answer.body, headers['content-encoding'] ?? '') : answer.body;
  return boundBody(decoded, request, time, (error) => {
    time.clear();
    abandon(answer);
    const failed = error === null ? isRetriableStatus(answer.statusCode) : countsAgainstHost(error);
    admission.leave(failed ? 'failure' : error === null ? 'success' : 'neutral');
  });
}

/** Lets go of a body nobody reads on. Destroying an ended body does nothing, so its connection is kept. */
function abandon(answer: Dispatcher.ResponseData): void {
  answer.body.on('error', () => {});
  answer.body.destroy();
}

/** Faults of ours, of the caller or of the content say nothing about the host's health. */
function countsAgainstHost({ kind }: OutboundError): boolean {
  return kind === 'timeout' || kind === 'dns' || kind === 'tls' || kind === 'reset' || kind === 'protocol';
}

/** Repeated headers joined by a comma (RFC 9110 §5.2); names are lower-case already. */
function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}
