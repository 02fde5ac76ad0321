import { type Bits, setBit } from '../bits.ts';
import { compareStrings } from '../order.ts';
import { integersOf } from '../postings.ts';
import { termOf } from '../terms.ts';
import { addRecords } from './add-records.ts';
import { type Leaf, valuesThatFit } from './leaf-values.ts';
import { emptyBits, type Place } from './place.ts';
import { termsBeginning, termsOfGlob, termsPassing, termsSimilar } from './term-scans.ts';

/** The documents that a clause about `_all` matches. */
export function matchEverywhere(place: Place, clause: Leaf): Bits {
  const bits = emptyBits(place);
  if (clause.kind === 'phrase' && clause.tokens.length > 1) return phraseAnywhere(place, clause, bits);
  for (const term of termsThatFit(place, clause)) {
    for (const packed of integersOf(place.collection.all[term])) setBit(bits, packed >> 7);
  }
  return bits;
}

/** Terms by which a clause about `_all` finds its documents. */
export function termsThatFit(place: Place, clause: Leaf): number[] {
  const known = place.terms.get(clause);
  if (known !== undefined) return known;
  const found = findTerms(place, clause);
  place.terms.set(clause, found);
  return found;
}

function findTerms(place: Place, clause: Leaf): number[] {
  const { terms } = place.collection;
  if (clause.field.whole) return [];
  switch (clause.kind) {
    case 'term':
      return clause.values
        .map((value) => termOf(terms, String(value).toLowerCase()))
        .filter((term) => term >= 0);
    case 'phrase': {
      const [token = ''] = clause.tokens;
      return clause.lastIsPrefix ? termsBeginning(place, token) : [termOf(terms, token)];
    }
    case 'glob':
      return termsOfGlob(place, clause.glob);
    case 'fuzzy':
      return termsSimilar(place, clause);
    case 'range':
      return termsPassing(place, (text) => inRange(text, clause));
    case 'value':
      return [];
  }
}

function inRange(text: string, { low, high }: Leaf & { kind: 'range' }): boolean {
  const below = low === null ? 1 : compareStrings(text, String(low.value).toLowerCase());
  const above = high === null ? -1 : compareStrings(text, String(high.value).toLowerCase());
  return (
    (below > 0 || (below === 0 && low?.inclusive === true)) &&
    (above < 0 || (above === 0 && high?.inclusive === true))
  );
}

/** Words next to each other in one value of whatever field. */
function phraseAnywhere(place: Place, clause: Leaf & { kind: 'phrase' }, bits: Bits): Bits {
  const { fields, paths, terms } = place.collection;
  const words = clause.tokens.map((token) => termOf(terms, token));
  const known = clause.lastIsPrefix ? words.slice(0, -1) : words;
  if (known.includes(-1)) return bits;
  // Numbers are no part of the fields' token lists.
  const digits = /^\d/.test(clause.tokens[0] ?? '');
  for (const field of [...fields.values(), paths.overflow]) {
    if (field.weight === 0) continue;
    for (const number of valuesThatFit(place, field, clause)) {
      addRecords(bits, field, number);
    }
    if (!digits) continue;
    for (let number = 0; number < field.values.length; number++) {
      const value = field.values[number];
      if (typeof value !== 'number') continue;
      if (numberHolds(String(value).match(/[a-z0-9]+/g) ?? [], clause)) {
        addRecords(bits, field, number);
      }
    }
  }
  return bits;
}

function numberHolds(tokens: readonly string[], clause: Leaf & { kind: 'phrase' }): boolean {
  const wanted = clause.tokens;
  const last = wanted.length - 1;
  return tokens.some((_, start) =>
    wanted.every((word, i) =>
      i === last && clause.lastIsPrefix
        ? (tokens[start + i] ?? '').startsWith(word) && start + i < tokens.length
        : tokens[start + i] === word,
    ),
  );
}
