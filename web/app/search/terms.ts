/** A translated term carries the original before it, since its colour goes by that. */
export const joinTerm = (original: string, shown: string) => `${original}\u0000${shown}`;

/** The original, and what is shown. */
export function splitTerm(term: string): [string, string] {
  const [original = term, shown = original] = term.split('\u0000');
  return [original, shown];
}
