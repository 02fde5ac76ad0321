import { type Bits, countBits, hasBit, keepCommon, listBits } from '../bits.ts';
import { codeAt } from '../column.ts';
import type { Field } from '../field.ts';
import { sizeOf } from '../postings.ts';
import { liveBits, type Place } from './place.ts';

/** A set of documents of a place, in the forms in which it is worked on. */
export interface Matched {
  place: Place;
  bits: Bits;
  slots: Int32Array;
  /** All documents there are: their counts are known without counting. */
  all: boolean;
}

export function matchedOf(place: Place, bits: Bits): Matched {
  const all = countBits(bits) === place.collection.count;
  return { place, bits, slots: listBits(bits), all };
}

export const everyDocument = (place: Place): Matched => matchedOf(place, liveBits(place));

export const within = (matched: Matched, bits: Bits): Matched =>
  matchedOf(matched.place, keepCommon(bits.slice(), matched.bits));

export interface ValueCounts {
  counts: Int32Array;
  /** The values that any of the documents has, in no order; null: (nearly) all values. */
  met: number[] | null;
  missing: number;
}

/** How many of the documents have each value (by its number), and how many have none. */
export function countValues(matched: Matched, field: Field): ValueCounts {
  const counts = new Int32Array(field.values.length);
  const { column } = field;
  if (matched.all) {
    for (let number = 0; number < counts.length; number++) counts[number] = sizeOf(field.records[number]);
    return { counts, met: null, missing: matched.place.collection.count - column.filled };
  }
  let filled = 0;
  const { dense, several, sparse } = column;
  const met: number[] = [];
  const add = (number: number) => {
    const before = counts[number] ?? 0;
    if (before === 0) met.push(number);
    counts[number] = before + 1;
  };
  const count = (code: number) => {
    if (code === 0) return;
    filled++;
    if (code > 0) add(code - 1);
    else for (const number of several[-code - 1] ?? []) add(number);
  };
  if (dense === undefined && sparse.size < matched.slots.length) {
    for (const [slot, code] of sparse) if (hasBit(matched.bits, slot)) count(code);
  } else for (const slot of matched.slots) count(codeAt(column, slot));
  return { counts, met, missing: matched.slots.length - filled };
}

/** Calls `see` for the number form (numbers, dates as epoch ms) of each value of each document. */
export function eachNumber(
  matched: Pick<Matched, 'slots'>,
  field: Field | undefined,
  see: (value: number, slot: number) => void,
): void {
  if (field === undefined) return;
  const { column, keys } = field;
  for (const slot of matched.slots) {
    const code = codeAt(column, slot);
    if (code === 0) continue;
    if (code > 0) {
      const key = keys[code - 1] ?? Number.NaN;
      if (!Number.isNaN(key)) see(key, slot);
      continue;
    }
    for (const number of column.several[-code - 1] ?? []) {
      const key = keys[number] ?? Number.NaN;
      if (!Number.isNaN(key)) see(key, slot);
    }
  }
}
