/** Bounds of a portion, and how long one shall take, in milliseconds. */
export interface PortionLimits {
  least: number;
  most: number;
  ms: number;
}

/** How much to take at once so that it takes a certain time, learnt from how long it took before. */
export interface Portion {
  size(): number;
  /** So many took so long. */
  took(count: number, ms: number): void;
}

/**
 * A portion begins small and becomes twice as large at most with each step, so that one quick step does not lead to a slow one.
 * A step of less than half a portion says nothing: its cost is mostly fixed.
 */
export function createPortion({ least, most, ms: wanted }: PortionLimits): Portion {
  let size = least;
  return {
    size: () => size,
    took(count, ms) {
      if (count < size / 2) return;
      const fitting = Math.floor((count * wanted) / Math.max(ms, 1));
      size = Math.max(least, Math.min(most, fitting, 2 * size));
    },
  };
}
