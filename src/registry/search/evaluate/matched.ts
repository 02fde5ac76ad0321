import { type Bits, countBits, hasBit, keepCommon, listBits } from '../bits.ts';
import { codeAt, endOfList } from '../column.ts';
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
  met: Int32Array | null;
  missing: number;
}

/**
 * How many of the documents have each value (by its number), and how many have none.
 * @param counts zeros, as many as there are values
 * @param room for the numbers of as many values
 */
export function countValues(
  matched: Matched,
  field: Field,
  counts = new Int32Array(field.values.length),
  room = new Int32Array(field.values.length),
): ValueCounts {
  const { column } = field;
  if (matched.all) {
    for (let number = 0; number < counts.length; number++) counts[number] = sizeOf(field.records[number]);
    return { counts, met: null, missing: matched.place.collection.count - column.filled };
  }
  const codes = codesOf(matched, field);
  const { pool } = column;
  let filled = 0;
  let met = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) continue;
    filled++;
    if (code > 0) {
      const before = counts[code - 1] ?? 0;
      if (before === 0) room[met++] = code - 1;
      counts[code - 1] = before + 1;
      continue;
    }
    const end = endOfList(column, code);
    for (let at = -code; at < end; at++) {
      const number = pool[at] ?? 0;
      const before = counts[number] ?? 0;
      if (before === 0) room[met++] = number;
      counts[number] = before + 1;
    }
  }
  return { counts, met: room.subarray(0, met), missing: matched.slots.length - filled };
}

/** What the column says of each of the documents; those without a value may be left out. */
function codesOf({ bits, slots }: Matched, { column: { dense, sparse } }: Field): Int32Array {
  const codes = new Int32Array(slots.length);
  if (dense !== undefined) for (let i = 0; i < slots.length; i++) codes[i] = dense[slots[i] ?? 0] ?? 0;
  else if (sparse.size < slots.length) {
    let at = 0;
    for (const [slot, code] of sparse) if (hasBit(bits, slot)) codes[at++] = code;
  } else for (let i = 0; i < slots.length; i++) codes[i] = sparse.get(slots[i] ?? 0) ?? 0;
  return codes;
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
    const end = endOfList(column, code);
    for (let at = -code; at < end; at++) {
      const key = keys[column.pool[at] ?? 0] ?? Number.NaN;
      if (!Number.isNaN(key)) see(key, slot);
    }
  }
}
