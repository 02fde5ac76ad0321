/** The tokens in use, each with a number; a number is free again when nobody uses its token any more. */
export interface Terms {
  numbers: Map<string, number>;
  /** Token by number; undefined where the number is free. */
  texts: (string | undefined)[];
  uses: number[];
  free: number[];
}

export const createTerms = (): Terms => ({ numbers: new Map(), texts: [], uses: [], free: [] });

/** The number of a token, which counts as used once more. */
export function useTerm(terms: Terms, text: string): number {
  const known = terms.numbers.get(text);
  if (known !== undefined) {
    terms.uses[known] = (terms.uses[known] ?? 0) + 1;
    return known;
  }
  const number = terms.free.pop() ?? terms.texts.length;
  terms.texts[number] = text;
  terms.uses[number] = 1;
  terms.numbers.set(text, number);
  return number;
}

export function dropTerm(terms: Terms, number: number): void {
  const left = (terms.uses[number] ?? 0) - 1;
  terms.uses[number] = left;
  const text = terms.texts[number];
  if (left > 0 || text === undefined) return;
  terms.numbers.delete(text);
  terms.texts[number] = undefined;
  terms.free.push(number);
}
