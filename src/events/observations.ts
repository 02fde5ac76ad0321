/** One value of a cumulative event; c = confirmed, h = held, r = not believed. */
export interface Observation {
  at: number;
  /** Order of arrival. */
  no: number;
  value: number;
  state: 'c' | 'h' | 'r';
}

const CONFIRMING = 3;
const SPAN = 48 * 3_600_000;

export interface Observed {
  /** What is to be stored: the new observation and those whose state changed. */
  stored: Observation[];
  /** The new value of the series; null when it stays. */
  value: number | null;
  /** `held`: the decrease waits; `resolved`: a held one turned out to be none; `confirmed`: it has lasted. */
  hold: 'held' | 'resolved' | 'confirmed' | null;
}

/**
 * What an observation makes of a series (specification `events` §3.2 and §10): a drop from a positive value is held until
 * it is confirmed by hand, or by the same or a lower value in three observations that span 48 hours; a drop to zero by hand only.
 * `known`: the latest confirmed observation and all that are held.
 */
export function observe(known: readonly Observation[], next: Omit<Observation, 'state'>): Observed {
  const held = known.filter(({ state }) => state === 'h').sort(inOrder);
  const latest = known
    .filter(({ state }) => state === 'c')
    .sort(inOrder)
    .at(-1);
  const repeated = known.find(({ at, value }) => at === next.at && value === next.value);
  if (repeated !== undefined)
    return { stored: [], value: null, hold: repeated.state === 'h' ? 'held' : null };
  if (latest === undefined) return { stored: [{ ...next, state: 'c' }], value: next.value, hold: null };
  if (next.at < latest.at) return { stored: [{ ...next, state: 'c' }], value: null, hold: null };
  if (next.value >= latest.value) {
    return {
      stored: [{ ...next, state: 'c' }, ...held.map((one) => ({ ...one, state: 'r' as const }))],
      value: next.value === latest.value ? null : next.value,
      hold: held.length > 0 ? 'resolved' : null,
    };
  }
  const run = [...held, { ...next, state: 'h' as const }].sort(inOrder);
  const last = run.at(-1);
  if (last !== undefined && last.value > 0 && hasLasted(run)) {
    return {
      stored: run.map((one) => ({ ...one, state: 'c' as const })),
      value: last.value,
      hold: 'confirmed',
    };
  }
  return { stored: [{ ...next, state: 'h' }], value: null, hold: 'held' };
}

/** Whether some value of the run was followed by the same or lower ones, three in all over 48 hours, up to the last. */
function hasLasted(run: readonly Observation[]): boolean {
  const last = run.at(-1);
  if (last === undefined) return false;
  return run.some((first, index) => {
    const following = run.slice(index).filter(({ value }) => value <= first.value);
    return following.length >= CONFIRMING && following.at(-1) === last && last.at - first.at >= SPAN;
  });
}

function inOrder(a: Observation, b: Observation): number {
  return a.at - b.at || a.no - b.no;
}
