/** What one question may still cost, in nanoseconds or so: patterns over many fields or long texts could stall the server. */
export interface Work {
  left: number;
}

/** Half a second; a pattern over the whole text of 100,000 records costs a tenth of it. */
export const startWork = (): Work => ({ left: 5e8 });

/** @returns false when all is spent: nothing more should be looked at, and the question is refused in the end. */
export function spend(work: Work, cost: number): boolean {
  work.left -= cost;
  return work.left >= 0;
}

export const costOfGlob = (text: string): number => 20 + text.length;
export const costOfRegexp = (text: string): number => 20 + 100 * text.length;
