/** Whether one text becomes the other with at most so many insertions, deletions, replacements or swaps of neighbours. */
export function withinEdits(a: string, b: string, edits: number): boolean {
  if (Math.abs(a.length - b.length) > edits) return false;
  if (a === b) return true;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const equal = a[i - 1] === b[j - 1];
      let cost = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (equal ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      if (cost < best) best = cost;
    }
    // A swap may still profit from the row before.
    if (best > edits && Math.min(...old) > edits) return false;
    older = old;
    old = row;
  }
  return (old[b.length] ?? 0) <= edits;
}

/** 0, 1 or 2 edits by the length of a word. */
export const editsFor = (word: string): number => (word.length < 3 ? 0 : word.length < 6 ? 1 : 2);
