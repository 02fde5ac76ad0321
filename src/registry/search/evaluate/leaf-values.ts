import type { Bound, Clause } from '../clause.ts';
import { type Field, findNumber, tokensAt } from '../field.ts';
import { valuesHolding, valuesHoldingAny } from '../field-words.ts';
import { compareStrings, type Scalar } from '../order.ts';
import { sizeOf } from '../postings.ts';
import { termOf } from '../terms.ts';
import type { Place } from './place.ts';
import { similar, termsBeginning, termsOfGlob, termsSimilar } from './term-scans.ts';
import { costOfGlob, spend } from './work.ts';

/** Every string and number in register and admin, and the id. */
export const allField = '_all';

/** A clause about the values of one field. */
export type Leaf = Extract<Clause, { kind: 'term' | 'phrase' | 'value' | 'glob' | 'fuzzy' | 'range' }>;

/** Numbers of the values of a field that a clause matches; a value may come twice. */
export function valuesThatFit(place: Place, field: Field, clause: Leaf): Iterable<number> {
  const { all, terms } = place.collection;
  switch (clause.kind) {
    case 'term':
      return clause.values.flatMap((value) => [
        ...(clause.field.whole
          ? numberOfString(field, String(value))
          : valuesHolding(field, all, termOf(terms, String(value).toLowerCase()))),
        ...byValue(field, value),
      ]);
    case 'value':
      return byValue(field, clause.text);
    case 'phrase':
      if (clause.lastIsPrefix) return withPrefix(place, field, clause.tokens);
      return phraseIn(
        place,
        field,
        clause.tokens.map((token) => termOf(terms, token)),
      );
    case 'glob':
      return fitting(place, field, clause.field.whole, clause.glob.test, () =>
        termsOfGlob(place, clause.glob),
      );
    case 'fuzzy':
      return fitting(
        place,
        field,
        clause.field.whole,
        (text) => similar(text, clause),
        () => termsSimilar(place, clause),
      );
    case 'range':
      return inRange(field, clause);
  }
}

const numberOfString = (field: Field, value: string): number[] => {
  const number = findNumber(field, value);
  return number === undefined ? [] : [number];
};

const truths = new Map<Scalar, boolean>([
  [true, true],
  ['true', true],
  ['T', true],
  [false, false],
  ['false', false],
  ['F', false],
]);

/** Numbers and booleans are found by value, given as such or as text (`T`, `F`: how facets name booleans). */
function byValue(field: Field, value: Scalar): number[] {
  const truth = truths.get(value);
  const number = typeof value === 'boolean' ? Number.NaN : numeric(value);
  return [truth === undefined ? undefined : findNumber(field, truth), findNumber(field, number)].filter(
    (found) => found !== undefined,
  );
}

const numeric = (value: Scalar): number =>
  typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);

/** Values that hold the terms next to each other. */
function phraseIn(place: Place, field: Field, terms: readonly number[]): number[] {
  const { all } = place.collection;
  let rarest = terms[0] ?? -1;
  if (terms.includes(-1)) return [];
  for (const term of terms) if (sizeOf(all[term]) < sizeOf(all[rarest])) rarest = term;
  const holding = valuesHolding(field, all, rarest);
  return terms.length === 1 ? holding : holding.filter((number) => adjacent(field, number, terms));
}

/** Reads the pool in place: a view of each value's tokens would cost more than reading them. */
function adjacent({ lengths, pool, starts }: Field, number: number, terms: readonly number[]): boolean {
  const first = starts[number] ?? 0;
  const last = first + (lengths[number] ?? 0) - terms.length;
  for (let start = first; start <= last; start++) {
    let i = 0;
    while (i < terms.length && pool[start + i] === terms[i]) i++;
    if (i === terms.length) return true;
  }
  return false;
}

/** A phrase whose last word is only begun. */
function* withPrefix(place: Place, field: Field, tokens: readonly string[]): Iterable<number> {
  const { all, terms } = place.collection;
  const { texts } = terms;
  const begun = tokens.at(-1) ?? '';
  if (tokens.length === 1) {
    yield* valuesHoldingAny(field, all, termsBeginning(place, begun), texts.length);
    return;
  }
  const before = tokens.slice(0, -1).map((token) => termOf(terms, token));
  for (const number of phraseIn(place, field, before)) {
    const value = tokensAt(field, number);
    for (let start = 0; start + before.length < value.length; start++) {
      if (!before.every((term, i) => value[start + i] === term)) continue;
      if (texts[value[start + before.length] ?? -1]?.startsWith(begun)) {
        yield number;
        break;
      }
    }
  }
}

/** Whole form: each value as text. Plain: the tokens of strings, and numbers and booleans as text. */
function* fitting(
  place: Place,
  field: Field,
  whole: boolean,
  test: (text: string) => boolean,
  fittingTerms: () => number[],
): Iterable<number> {
  const { all, terms } = place.collection;
  if (!spend(place.work, whole ? 0 : 4 * field.poolEnd)) return;
  if (!whole) yield* valuesHoldingAny(field, all, fittingTerms(), terms.texts.length);
  for (let number = 0; number < field.values.length; number++) {
    const value = field.values[number];
    if (value === undefined || (!whole && typeof value === 'string')) continue;
    const text = String(value);
    if (!spend(place.work, costOfGlob(text))) return;
    if (test(text)) yield number;
  }
}

function* inRange(field: Field, { low, high }: Leaf & { kind: 'range' }): Iterable<number> {
  for (let number = 0; number < field.values.length; number++) {
    const value = field.values[number];
    if (value === undefined || typeof value === 'boolean') continue;
    const key = field.keys[number] ?? Number.NaN;
    if ((low === null || holds(value, key, low, 1)) && (high === null || holds(value, key, high, -1)))
      yield number;
  }
}

/**
 * Numbers compare with numbers, dates with dates (a bound such as `2014-01` is a whole month), other strings by code
 * point.
 * @param side 1: the bound is below, -1: above.
 */
function holds(value: string | number, key: number, bound: Bound, side: 1 | -1): boolean {
  if (typeof value === 'number') {
    const end = numeric(bound.value);
    return !Number.isNaN(end) && beyond((value - end) * side, bound.inclusive);
  }
  if (bound.span !== null && !Number.isNaN(key)) {
    const { first, last } = bound.span;
    const edge = (side === 1) === bound.inclusive ? first : last;
    return beyond((key - edge) * side, bound.inclusive);
  }
  if (bound.mathematics) return false;
  return beyond(compareStrings(value, String(bound.value)) * side, bound.inclusive);
}

const beyond = (difference: number, inclusive: boolean) => (inclusive ? difference >= 0 : difference > 0);
