/**
 * Whether one text becomes the other with at most so many insertions, deletions, replacements or swaps of neighbours.
 * Only cells within `edits` of the diagonal can count, and most words of a register are out of reach after three
 * letters.
 * @param edits at most 2
 */
export function withinEdits(a: string, b: string, edits: number): boolean {
  if (Math.abs(a.length - b.length) > edits) return false;
  if (a === b) return true;
  const width = 2 * edits + 1;
  const far = edits + 1;
  // Cell k of row i is the cost of the first i letters of `a` against the first i+k-edits of `b`.
  let [older, old, row] = rows;
  for (let k = 0; k < width; k++) old[k] = k < edits ? far : k - edits;
  let bestBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    let best = far;
    for (let k = 0; k < width; k++) {
      const j = i + k - edits;
      let cost = far;
      if (j === 0) cost = i;
      else if (j > 0 && j <= b.length) {
        const equal = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
        cost = Math.min(
          (old[k] ?? far) + (equal ? 0 : 1),
          (k > 0 ? (row[k - 1] ?? far) : far) + 1,
          (k + 1 < width ? (old[k + 1] ?? far) : far) + 1,
        );
        const swapped =
          i > 1 &&
          j > 1 &&
          a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
          a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
        if (swapped) cost = Math.min(cost, (older[k] ?? far) + 1);
      }
      row[k] = cost;
      if (cost < best) best = cost;
    }
    // A swap may still profit from the row before.
    if (best > edits && bestBefore > edits) return false;
    bestBefore = best;
    [older, old, row] = [old, row, older];
  }
  return (old[b.length - a.length + edits] ?? far) <= edits;
}

const widest = 5;
const newRow = () => new Array<number>(widest).fill(0);
/** Used by one call at a time. */
const rows: [number[], number[], number[]] = [newRow(), newRow(), newRow()];

/** 0, 1 or 2 edits by the length of a word. */
export const editsFor = (word: string): number => (word.length < 3 ? 0 : word.length < 6 ? 1 : 2);
