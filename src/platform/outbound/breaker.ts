/** What the breakers of all hosts know. `host` is host name and port. */
export type Breaker = {
  /** Until when (ms since 1970) the host is not to be asked, or null. Does not take the probe. */
  openUntil(host: string): number | null;
  /** Like `openUntil`, but when the time is over the first caller becomes the one probe and gets null. */
  enter(host: string): number | null;
  /** How the request that was let in ended. `neutral`: given up by us, says nothing about the host. */
  leave(host: string, outcome: 'success' | 'failure' | 'neutral'): void;
};

type State = {
  consecutive: number;
  /** The last requests, oldest first: true = failed. */
  recent: boolean[];
  openUntil: number | null;
  /** Openings in a row without a success between them. */
  openings: number;
  probing: boolean;
};

// events.md §5.2: 10 in a row or half of the last 50; 5 minutes, doubling to 6 hours.
const inARow = 10;
const window = 50;
const firstPauseMs = 5 * 60_000;
const longestPauseMs = 6 * 3_600_000;
/** Other callers come back after this long while the probe is on its way. */
const probePauseMs = 30_000;

/** For callers who break off by rules of their own. */
export const noBreaker: Breaker = { openUntil: () => null, enter: () => null, leave: () => {} };

/** One breaker per host. `onOpen` is called once per opening. */
export function createBreaker(
  now: () => number,
  onOpen: (host: string, until: number) => void = () => {},
): Breaker {
  // Only hosts with something against them are remembered, so the many that answer cost nothing.
  const states = new Map<string, State>();

  const openUntil = (host: string) => {
    const state = states.get(host);
    if (state?.openUntil == null) return null;
    if (state.openUntil > now()) return state.openUntil;
    return state.probing ? now() + probePauseMs : null;
  };

  const open = (host: string, state: State) => {
    state.openUntil = now() + Math.min(longestPauseMs, firstPauseMs * 2 ** state.openings);
    state.openings += 1;
    onOpen(host, state.openUntil);
  };

  return {
    openUntil,
    enter(host) {
      const until = openUntil(host);
      const state = states.get(host);
      if (until === null && state?.openUntil != null) state.probing = true;
      return until;
    },
    leave(host, outcome) {
      const known = states.get(host);
      const wasProbe = known?.probing === true;
      if (known !== undefined && wasProbe) known.probing = false;
      if (outcome === 'neutral') return;
      if (outcome === 'success') {
        if (known === undefined) return;
        // A straggler that was let in before the opening does not close the breaker: only the probe does.
        if (known.openUntil !== null && !wasProbe) return;
        if (wasProbe) states.delete(host);
        else remember(known, false);
        if (!known.recent.includes(true)) states.delete(host);
        return;
      }
      const state = known ?? { consecutive: 0, recent: [], openUntil: null, openings: 0, probing: false };
      states.set(host, state);
      forgetOldest(states);
      if (state.openUntil !== null) {
        if (wasProbe) open(host, state);
        return;
      }
      remember(state, true);
      const failed = state.recent.filter(Boolean).length;
      if (state.consecutive >= inARow || (state.recent.length === window && failed * 2 >= window))
        open(host, state);
    },
  };
}

function remember(state: State, failed: boolean): void {
  state.consecutive = failed ? state.consecutive + 1 : 0;
  state.recent.push(failed);
  if (state.recent.length > window) state.recent.shift();
}

/** Sources of webmentions are strangers' hosts: their number must not grow without an end. */
function forgetOldest(states: Map<string, State>): void {
  const [oldest] = states.keys();
  if (states.size > 10_000 && oldest !== undefined) states.delete(oldest);
}
