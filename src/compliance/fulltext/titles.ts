/** A title as it is compared: NFKC, lower case, tags and punctuation to single spaces (§5.1). */
export function normaliseTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/<\/?[a-z][^<>]*>/g, ' ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** Dice coefficient of the sets of words of two titles, 0 to 1; 0 when one has no words. */
export function titleLikeness(one: string, other: string): number {
  const first = wordsOf(one);
  const second = wordsOf(other);
  if (first.size === 0 || second.size === 0) return 0;
  let shared = 0;
  for (const word of first) if (second.has(word)) shared += 1;
  return (2 * shared) / (first.size + second.size);
}

function wordsOf(title: string): Set<string> {
  const normal = normaliseTitle(title);
  return new Set(normal === '' ? [] : normal.split(' '));
}
