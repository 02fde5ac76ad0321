import { codeAt, valuesAt } from '../column.ts';
import { type Field, findNumber, recordsOf } from '../field.ts';
import { distance } from '../location.ts';
import type { SortKey } from '../question.ts';
import { inOrder, placeOf, ranksOf } from '../value-order.ts';
import { firstInOrder } from './first.ts';
import type { Matched } from './matched.ts';
import { fieldOf, type Place } from './place.ts';

/** Slots of the hits from `from` on, in order; ties by id. `scores` is null when all are equal. */
export function pageOf(
  matched: Matched,
  sort: readonly SortKey[],
  scores: Float32Array | null,
  from: number,
  size: number,
): Int32Array {
  const { place, slots } = matched;
  const keys = (sort.length === 0 ? [byScore] : sort).flatMap((key) => {
    const values = keyValues(matched, key, scores);
    return values === null ? [] : [{ values, sign: key.descending ? -1 : 1 }];
  });
  if (keys.length === 0) return pageById(matched, from, size);
  const ties = idRanks(place);
  const [first, ...more] = keys;
  const compare = (a: number, b: number) => {
    if (first === undefined) return 0;
    const x = first.values[a] ?? 0;
    const y = first.values[b] ?? 0;
    if (x !== y) return x < y ? -first.sign : first.sign;
    for (const { values, sign } of more) {
      const difference = (values[a] ?? 0) - (values[b] ?? 0);
      // Two missing values: Infinity less Infinity.
      if (difference !== 0 && !Number.isNaN(difference)) return difference * sign;
    }
    return (ties?.[a] ?? a) - (ties?.[b] ?? b);
  };
  return firstInOrder(slots, Math.min(from + size, slots.length), compare).subarray(from);
}

const byScore: SortKey = { by: 'score', descending: true };

/** Walks the ids in order, which costs as much as the page is long when most records match. */
function pageById(matched: Matched, from: number, size: number): Int32Array {
  const { place, slots } = matched;
  const ids = place.parent === undefined ? place.collection.fields.get('id') : undefined;
  if (ids === undefined) return slots.subarray(from, from + size);
  const page = new Int32Array(Math.max(0, Math.min(size, slots.length - from)));
  let seen = 0;
  const sorted = inOrder(ids);
  if (matched.all) {
    for (let i = 0; i < page.length; i++) page[i] = recordsOf(ids, sorted[from + i] ?? 0)[0] ?? 0;
    return page;
  }
  for (let i = 0; i < sorted.length && seen < from + page.length; i++) {
    const records = ids.records[sorted[i] ?? 0];
    const slot = typeof records === 'number' ? records : -1;
    if (((matched.bits[slot >>> 5] ?? 0) & (1 << (slot & 31))) === 0) continue;
    if (seen >= from) page[seen - from] = slot;
    seen++;
  }
  return page;
}

/** Place of each slot's id among the ids. */
function idRanks(place: Place): Int32Array | null {
  const ids = place.parent === undefined ? place.collection.fields.get('id') : undefined;
  if (ids === undefined) return null;
  const ranks = ranksOf(ids);
  const bySlot = new Int32Array(place.collection.documents.length);
  for (let slot = 0; slot < bySlot.length; slot++) bySlot[slot] = ranks[codeAt(ids.column, slot) - 1] ?? 0;
  return bySlot;
}

/** What to compare, by slot; null: the key tells nothing apart. */
function keyValues(matched: Matched, key: SortKey, scores: Float32Array | null): ArrayLike<number> | null {
  const { place, slots } = matched;
  switch (key.by) {
    case 'score':
      return scores;
    case 'id':
      return idRanks(place);
    case 'distance': {
      const values = new Float64Array(place.collection.documents.length);
      const { lat, lon } = place.model;
      for (const slot of slots) {
        const metres = distance(key.from, { lat: lat[slot] ?? Number.NaN, lon: lon[slot] ?? Number.NaN });
        values[slot] = Number.isNaN(metres) ? last(key) : metres;
      }
      return values;
    }
    case 'field': {
      const field = fieldOf(place, key.field);
      return field === undefined ? null : fieldValues(matched, field, key);
    }
  }
}

const last = (key: { descending: boolean }) => (key.descending ? -Infinity : Infinity);

function fieldValues(matched: Matched, field: Field, key: SortKey & { by: 'field' }): Float64Array {
  const values = new Float64Array(matched.place.collection.documents.length);
  const ranks = ranksOf(field);
  const sums = key.mode === 'avg' || key.mode === 'sum';
  const missing =
    key.missing === '_last'
      ? last(key)
      : key.missing === '_first'
        ? -last(key)
        : sums
          ? Number(key.missing)
          : placeOfMissing(field, key.missing);
  for (const slot of matched.slots) {
    const code = codeAt(field.column, slot);
    if (code === 0) values[slot] = missing;
    else if (sums) values[slot] = sumOf(field, slot, key.mode === 'avg');
    else if (code > 0) values[slot] = ranks[code - 1] ?? 0;
    else {
      const places = valuesAt(field.column, slot).map((number) => ranks[number] ?? 0);
      values[slot] = key.mode === 'max' ? Math.max(...places) : Math.min(...places);
    }
  }
  return values;
}

/** Between two places when the value is none of the field's. */
function placeOfMissing(field: Field, value: string | number | boolean): number {
  const given = findNumber(field, value) !== undefined || Number.isNaN(Number(value)) ? value : Number(value);
  const place = placeOf(field, given);
  return findNumber(field, given) === undefined ? place - 0.5 : place;
}

function sumOf(field: Field, slot: number, average: boolean): number {
  const numbers = valuesAt(field.column, slot)
    .map((number) => field.keys[number] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value));
  const sum = numbers.reduce((total, value) => total + value, 0);
  return average && numbers.length > 0 ? sum / numbers.length : sum;
}
