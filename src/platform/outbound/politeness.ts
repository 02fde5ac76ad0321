import type { Clock } from './clock.ts';
import type { RateLimit } from './rate-limit-headers.ts';
import { longestWaitMs } from './retry.ts';

/** How hard one host may be asked. A minimum delay of d ms is `perSecond: 1000 / d, burst: 1`. */
export type HostLimits = {
  /** Requests under way at once, bodies included. */
  concurrency: number;
  /** Refill of the token bucket. */
  perSecond: number;
  /** Size of the token bucket. */
  burst: number;
};

export type Permit =
  | { ok: true; release(): void }
  | { ok: false; until: number }
  | { ok: false; until: null };

export type Politeness = {
  /** Waits for a turn (first come, first served). Not ok: the host asked for more than a minute (`until`), or the signal fired. */
  acquire(host: string, signal?: AbortSignal): Promise<Permit>;
  /** Takes over what an answer's headers say about pauses and rates. */
  learn(host: string, limit: RateLimit): void;
  /** Until when (ms since 1970) the host asked to be left alone, or null. */
  pausedUntil(host: string): number | null;
};

type Lane = {
  limits: HostLimits;
  tokens: number;
  refilledAt: number;
  active: number;
  waiting: number;
  pausedUntil: number;
  /** Ends when the previous caller has its turn. */
  turn: Promise<void>;
  freed: (() => void) | null;
};

/** For callers who pace themselves. */
export const noPoliteness: Politeness = {
  acquire: async (_host, signal) =>
    signal?.aborted ? { ok: false, until: null } : { ok: true, release: () => {} },
  learn: () => {},
  pausedUntil: () => null,
};

/** `limitsOf` gives a host's limits when it is first met; the host's own headers may then change them. */
export function createPoliteness(clock: Clock, limitsOf: (host: string) => HostLimits): Politeness {
  const lanes = new Map<string, Lane>();

  const laneOf = (host: string): Lane => {
    const known = lanes.get(host);
    if (known !== undefined) return known;
    forgetIdle(lanes, clock.now());
    const limits = { ...limitsOf(host) };
    const lane: Lane = {
      limits,
      tokens: limits.burst,
      refilledAt: clock.now(),
      active: 0,
      waiting: 0,
      pausedUntil: 0,
      turn: Promise.resolve(),
      freed: null,
    };
    lanes.set(host, lane);
    return lane;
  };

  const waitForTurn = async (lane: Lane, signal: AbortSignal | undefined): Promise<Permit> => {
    for (;;) {
      if (signal?.aborted) return { ok: false, until: null };
      const now = clock.now();
      if (lane.pausedUntil - now > longestWaitMs) return { ok: false, until: lane.pausedUntil };
      refill(lane, now);
      if (lane.active >= lane.limits.concurrency) await slotOrAbort(lane, signal);
      else if (lane.pausedUntil > now) await clock.sleep(lane.pausedUntil - now, signal);
      else if (lane.tokens < 1) await clock.sleep(((1 - lane.tokens) / lane.limits.perSecond) * 1000, signal);
      else return take(lane);
    }
  };

  return {
    async acquire(host, signal) {
      const lane = laneOf(host);
      lane.waiting += 1;
      const mine = lane.turn.then(() => waitForTurn(lane, signal));
      lane.turn = mine.then(() => {
        lane.waiting -= 1;
      });
      if (signal === undefined) return await mine;
      // Whoever gives up need not wait for those before it; its place in the queue frees itself when it comes up.
      const { promise, resolve } = Promise.withResolvers<Permit>();
      const giveUp = () => resolve({ ok: false, until: null });
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
      const permit = await Promise.race([mine, promise]);
      signal.removeEventListener('abort', giveUp);
      if (!permit.ok) mine.then((late) => late.ok && late.release());
      return permit;
    },
    learn(host, limit) {
      const lane = laneOf(host);
      if (limit.pauseUntil !== undefined) lane.pausedUntil = Math.max(lane.pausedUntil, limit.pauseUntil);
      if (limit.concurrency !== undefined) lane.limits.concurrency = limit.concurrency;
      if (limit.rate !== undefined) {
        refill(lane, clock.now());
        lane.limits.perSecond = limit.rate.requests / (limit.rate.perMs / 1000);
        lane.limits.burst = Math.max(1, Math.min(limit.rate.requests, lane.limits.perSecond));
      }
    },
    pausedUntil(host) {
      const until = lanes.get(host)?.pausedUntil ?? 0;
      return until > clock.now() ? until : null;
    },
  };
}

function refill(lane: Lane, now: number): void {
  const gained = (Math.max(0, now - lane.refilledAt) / 1000) * lane.limits.perSecond;
  lane.tokens = Math.min(lane.limits.burst, lane.tokens + gained);
  // Rounding must not leave 0.9999… of a token, or the last wait of a turn would repeat.
  if (lane.tokens > 1 - 1e-9 && lane.tokens < 1) lane.tokens = 1;
  lane.refilledAt = now;
}

function take(lane: Lane): Permit {
  lane.tokens -= 1;
  lane.active += 1;
  let held = true;
  return {
    ok: true,
    release() {
      if (!held) return;
      held = false;
      lane.active -= 1;
      lane.freed?.();
    },
  };
}

async function slotOrAbort(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  lane.freed = resolve;
  const giveUp = () => resolve();
  signal?.addEventListener('abort', giveUp, { once: true });
  await promise;
  signal?.removeEventListener('abort', giveUp);
  lane.freed = null;
}

/** Past 10,000 hosts those that are at rest are forgotten; they lose nothing but what their headers once said. */
function forgetIdle(lanes: Map<string, Lane>, now: number): void {
  if (lanes.size < 10_000) return;
  for (const [host, lane] of lanes) {
    if (lane.active === 0 && lane.waiting === 0 && lane.pausedUntil <= now) lanes.delete(host);
  }
}
