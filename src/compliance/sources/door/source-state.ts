import type { Manners, SourceLimits } from '../source.ts';

/** What all processes know together of a source. Times in ms since 1970. */
export interface SourceState {
  tokens: number;
  refilledAt: number;
  /** The source asked to be left alone until then; `stoppedSince` is when it began to. */
  stoppedUntil: number | null;
  stoppedSince: number | null;
  /** In a row. */
  failures: number;
  breakerOpenedAt: number | null;
  probeAt: number | null;
  lastStatus: string | null;
  inFlight: { id: string; until: number; probe: boolean }[];
  /** The source's own word, where it is stricter than our limits. */
  perSecond: number | null;
  concurrency: number | null;
}

export type Admission =
  | { kind: 'go'; probe: boolean }
  | {
      kind: 'wait';
      until: number;
      why: 'stopped' | 'breaker' | 'probing' | 'full' | 'pace';
      /** From when on the source could not be asked because of its trouble; null when only its pace keeps us. */
      since: number | null;
      /** How the last request failed. */
      lastStatus: string | null;
    };

export type Waiting = Extract<Admission, { kind: 'wait' }>;

/** §6: a longer `Retry-After` is not believed. */
const LONGEST_STOP_MS = 300_000;
const LONGEST_BACKOFF_MS = 30_000;
/** A slower pace than one request in ten seconds is not believed: a list has to end. Whoever means it answers 429. */
const SLOWEST_PER_SECOND = 0.1;
/** A request takes 30 s at most; whoever has not reported back by then has died. */
const LEASE_MS = 45_000;

export function newState(limits: SourceLimits, now: number): SourceState {
  return {
    tokens: limits.burst,
    refilledAt: now,
    stoppedUntil: null,
    stoppedSince: null,
    failures: 0,
    breakerOpenedAt: null,
    probeAt: null,
    lastStatus: null,
    inFlight: [],
    perSecond: null,
    concurrency: null,
  };
}

/** 0.5 s · 2ⁿ, at most 30 s, ± 20 %. `random`: 0 ≤ x < 1. */
export function backoffMs(n: number, random: () => number): number {
  return Math.min(LONGEST_BACKOFF_MS, 500 * 2 ** Math.min(n, 20)) * (0.8 + 0.4 * random());
}

/** Whether one more request may go now; if so, `state` has it on its way. */
export function admit(state: SourceState, limits: SourceLimits, id: string, now: number): Admission {
  const { lastStatus } = state;
  const wait = (until: number, why: Waiting['why'], since: number | null): Waiting => ({
    kind: 'wait',
    until,
    why,
    since,
    lastStatus,
  });
  state.inFlight = state.inFlight.filter(({ until }) => until > now);
  if (state.stoppedUntil !== null && state.stoppedUntil > now) {
    return wait(state.stoppedUntil, 'stopped', state.stoppedSince);
  }
  const probe = state.breakerOpenedAt !== null;
  if (probe) {
    const since = state.breakerOpenedAt;
    if (state.inFlight.some((one) => one.probe)) return wait(now + 1_000, 'probing', since);
    if (state.probeAt !== null && state.probeAt > now) {
      return wait(state.probeAt, 'breaker', since);
    }
  }
  if (state.inFlight.length >= Math.min(limits.inFlight, state.concurrency ?? limits.inFlight)) {
    return wait(now + 250, 'full', null);
  }
  const perSecond = Math.min(limits.perSecond, state.perSecond ?? limits.perSecond);
  refill(state, limits, perSecond, now);
  if (state.tokens < 1) {
    return wait(now + ((1 - state.tokens) / perSecond) * 1000, 'pace', null);
  }
  state.tokens -= 1;
  state.inFlight.push({ id, until: now + LEASE_MS, probe });
  return { kind: 'go', probe };
}

function refill(state: SourceState, limits: SourceLimits, perSecond: number, now: number): void {
  const gained = (Math.max(0, now - state.refilledAt) / 1000) * perSecond;
  state.tokens = Math.min(limits.burst, state.tokens + gained);
  // Rounding must not leave 0.9999… of a token, or the last wait would repeat.
  if (state.tokens > 1 - 1e-6 && state.tokens < 1) state.tokens = 1;
  // A clock that was set back must not stop the refilling.
  state.refilledAt = now;
}

/** How a request ended: `failed` is the status of a failure that counts, null for an answer, `undefined` when it says nothing. */
export interface Ending {
  id: string;
  failed: string | null | undefined;
  manners: Manners;
  failuresToOpen: number;
}

/** Takes a request off its way and learns from how it ended. */
export function settle(state: SourceState, ending: Ending, now: number, random: () => number): void {
  const { failed, manners } = ending;
  const wasProbe = state.inFlight.some(({ id, probe }) => id === ending.id && probe);
  state.inFlight = state.inFlight.filter(({ id }) => id !== ending.id);
  if (manners.perSecond !== undefined && manners.perSecond > 0) {
    state.perSecond = Math.max(manners.perSecond, SLOWEST_PER_SECOND);
  }
  if (manners.concurrency !== undefined && manners.concurrency > 0) state.concurrency = manners.concurrency;
  if (manners.pauseUntil !== undefined && manners.pauseUntil > now) {
    const until = Math.min(manners.pauseUntil, now + LONGEST_STOP_MS);
    state.stoppedSince ??= now;
    state.stoppedUntil = Math.max(state.stoppedUntil ?? 0, until);
  } else if (failed === null) {
    state.stoppedSince = null;
  }
  if (failed === undefined) return;
  if (failed === null) {
    state.failures = 0;
    state.breakerOpenedAt = null;
    state.probeAt = null;
    return;
  }
  state.failures += 1;
  state.lastStatus = failed;
  if (state.breakerOpenedAt === null && state.failures >= ending.failuresToOpen) {
    state.breakerOpenedAt = now;
    state.probeAt = now + backoffMs(0, random);
  } else if (state.breakerOpenedAt !== null && wasProbe) {
    state.probeAt = now + backoffMs(state.failures - ending.failuresToOpen, random);
  }
}
