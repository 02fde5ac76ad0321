import type { Field } from './field.ts';
import { compareScalars, type Scalar } from './order.ts';

/**
 * Value numbers in ascending order of the values. The first call sorts the dictionary; later ones put in what has come
 * since, so that a write costs nothing here.
 */
export function inOrder(field: Field): Int32Array {
  const { sorted, unsorted } = field;
  if (sorted !== undefined && unsorted.size === 0) return sorted;
  if (sorted === undefined || unsorted.size * 8 > sorted.length) {
    field.sorted = inAscending(field, numbersOf(field));
  } else field.sorted = merged(field, sorted);
  unsorted.clear();
  return field.sorted;
}

function numbersOf({ values }: Field): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < values.length; number++)
    if (values[number] !== undefined) numbers.push(number);
  return numbers;
}

function inAscending({ values }: Field, numbers: number[]): Int32Array {
  return Int32Array.from(numbers.sort((a, b) => compareScalars(values[a] ?? '', values[b] ?? '')));
}

function merged(field: Field, sorted: Int32Array): Int32Array {
  const { unsorted, values } = field;
  const changed = new Uint8Array(values.length);
  for (const number of unsorted) changed[number] = 1;
  const room = new Int32Array(sorted.length);
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const number = sorted[i] ?? 0;
    if (changed[number] === 0) room[length++] = number;
  }
  const kept = room.subarray(0, length);
  const fresh = inAscending(
    field,
    [...unsorted].filter((number) => values[number] !== undefined),
  );
  const all = new Int32Array(kept.length + fresh.length);
  let from = 0;
  for (let i = 0; i < fresh.length; i++) {
    const number = fresh[i] ?? 0;
    const to = placeAmong(field, kept, values[number] ?? '');
    all.set(kept.subarray(from, to), from + i);
    all[to + i] = number;
    from = to;
  }
  all.set(kept.subarray(from), from + fresh.length);
  return all;
}

/** Place of each value number among the sorted values. */
export function ranksOf(field: Field): Int32Array {
  if (field.ranks !== undefined) return field.ranks;
  const sorted = inOrder(field);
  const ranks = new Int32Array(field.values.length);
  for (let i = 0; i < sorted.length; i++) ranks[sorted[i] ?? 0] = i;
  field.ranks = ranks;
  return ranks;
}

/** The first place in the order whose value is not below the given one. */
export const placeOf = (field: Field, value: Scalar): number => placeAmong(field, inOrder(field), value);

function placeAmong(field: Field, sorted: Int32Array, value: Scalar): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareScalars(field.values[sorted[middle] ?? 0] ?? '', value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
