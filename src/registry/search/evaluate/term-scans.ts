import type { Clause } from '../clause.ts';
import { withinEdits } from '../edits.ts';
import type { Glob } from '../glob.ts';
import { lettersApart, lettersOf } from '../letters.ts';
import type { Place } from './place.ts';
import { costOfGlob, spend } from './work.ts';

/** Terms that a pattern takes. */
export const termsOfGlob = (place: Place, glob: Glob): number[] =>
  remembered(place, glob, () => termsPassing(place, glob.test, glob.letters));

export const termsBeginning = (place: Place, start: string): number[] =>
  remembered(place, `${start}*`, () =>
    termsPassing(place, (text) => text.startsWith(start), lettersOf(start)),
  );

/** Terms within so many edits of a word. */
export function termsSimilar(place: Place, clause: Clause & { kind: 'fuzzy' }): number[] {
  return remembered(place, `${clause.text}~${clause.edits}~${clause.prefix}`, () => {
    const { letters, texts } = place.collection.terms;
    const own = lettersOf(clause.text);
    const found: number[] = [];
    if (!spend(place.work, 4 * texts.length)) return found;
    for (let term = 0; term < texts.length; term++) {
      if (lettersApart(letters[term] ?? 0, own) > 2 * clause.edits) continue;
      const text = texts[term];
      if (text !== undefined && similar(text, clause)) found.push(term);
    }
    return found;
  });
}

export const similar = (text: string, clause: Clause & { kind: 'fuzzy' }): boolean =>
  (clause.prefix === 0 || text.startsWith(clause.text.slice(0, clause.prefix))) &&
  withinEdits(clause.text, text, clause.edits);

/** @param needed letters without which no text passes */
export function termsPassing(place: Place, test: (text: string) => boolean, needed = 0): number[] {
  const { letters, texts } = place.collection.terms;
  const found: number[] = [];
  if (!spend(place.work, texts.length)) return found;
  for (let term = 0; term < texts.length; term++) {
    if (((letters[term] ?? 0) & needed) !== needed) continue;
    const text = texts[term];
    if (text === undefined) continue;
    if (!spend(place.work, costOfGlob(text))) break;
    if (test(text)) found.push(term);
  }
  return found;
}

/** One pattern is asked of many fields. */
function remembered(place: Place, key: Glob | string, find: () => number[]): number[] {
  const known = place.scans.get(key);
  if (known !== undefined) return known;
  const found = find();
  place.scans.set(key, found);
  return found;
}
