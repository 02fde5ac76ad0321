export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Longer texts are shown before and after: the table of comparisons grows with the square. */
const mostWords = 600;

/** What was taken out of a text and what put in, word by word (longest common subsequence); null for a very long one. */
export function wordDifference(before: string, after: string): Piece[] | null {
  const old = wordsOf(before);
  const fresh = wordsOf(after);
  if (old.length > mostWords || fresh.length > mostWords) return null;
  const common = lengths(old, fresh);
  const pieces: Piece[] = [];
  let [one, other] = [0, 0];
  while (one < old.length || other < fresh.length) {
    if (one < old.length && other < fresh.length && old[one] === fresh[other]) {
      push(pieces, 'same', old[one++] ?? '');
      other++;
    } else if (one < old.length && (common[one + 1]?.[other] ?? 0) >= (common[one]?.[other + 1] ?? 0)) {
      push(pieces, 'removed', old[one++] ?? '');
    } else push(pieces, 'added', fresh[other++] ?? '');
  }
  return pieces;
}

/** Words and what stands between them, so that joined they are the text again. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];

/** `table[i][j]`: how many words `old` from i and `fresh` from j have in common. */
function lengths(old: string[], fresh: string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let one = old.length - 1; one >= 0; one--) {
    const [row, below] = [table[one], table[one + 1]];
    if (row === undefined || below === undefined) continue;
    for (let other = fresh.length - 1; other >= 0; other--) {
      row[other] =
        old[one] === fresh[other]
          ? (below[other + 1] ?? 0) + 1
          : Math.max(below[other] ?? 0, row[other + 1] ?? 0);
    }
  }
  return table;
}

function push(pieces: Piece[], kind: Piece['kind'], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}
