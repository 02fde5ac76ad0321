import { codeAt, endOfList } from './column.ts';
import type { Field } from './field.ts';
import { integersOf, type Postings, sizeOf } from './postings.ts';

/**
 * Numbers of the string values of a field that hold a term: looked up through the documents that have it anywhere when
 * these are few, else by reading the tokens of all values, which is a walk over one array.
 * @param everywhere term number → documents, as `slot * 128 + weight`, of the fields with a weight
 */
export function valuesHolding(
  field: Field,
  everywhere: readonly (Postings | undefined)[],
  term: number,
): number[] {
  const documents = field.weight === 0 ? undefined : everywhere[term];
  if (term < 0 || (field.weight > 0 && documents === undefined)) return [];
  if (documents === undefined || sizeOf(documents) * 4 > field.values.length) {
    return valuesWithTerm(field, term);
  }
  const found = new Set<number>();
  const { column } = field;
  for (const packed of integersOf(documents)) {
    const code = codeAt(column, packed >> 7);
    if (code > 0 && holds(field, code - 1, term)) found.add(code - 1);
    if (code >= 0) continue;
    const end = endOfList(column, code);
    for (let at = -code; at < end; at++) {
      const number = column.pool[at] ?? 0;
      if (holds(field, number, term)) found.add(number);
    }
  }
  return [...found];
}

const isText = ({ mixed, values }: Field, number: number) => !mixed || typeof values[number] === 'string';

function holds(field: Field, number: number, term: number): boolean {
  if (!isText(field, number)) return false;
  const { pool } = field;
  const start = field.starts[number] ?? 0;
  const end = start + (field.lengths[number] ?? 0);
  for (let at = start; at < end; at++) if (pool[at] === term) return true;
  return false;
}

/** Numbers of the string values of a field that hold any of the terms. */
export function valuesHoldingAny(
  field: Field,
  everywhere: readonly (Postings | undefined)[],
  terms: readonly number[],
  known: number,
): number[] {
  if (terms.length === 0) return [];
  if (terms.length <= 4) {
    const found = terms.flatMap((term) => valuesHolding(field, everywhere, term));
    return terms.length === 1 ? found : [...new Set(found)];
  }
  const wanted = new Uint8Array(known);
  for (const term of terms) wanted[term] = 1;
  return valuesWithAny(field, wanted);
}

function valuesWithTerm(field: Field, term: number): number[] {
  const { lengths, pool, poolEnd, starts, values } = field;
  const found: number[] = [];
  // Most fields do not hold a term at all, and that is found at the speed of memory.
  const first = pool.indexOf(term);
  if (first < 0 || first >= poolEnd) return found;
  for (let number = 0; number < values.length; number++) {
    const start = starts[number] ?? 0;
    const end = start + (lengths[number] ?? 0);
    for (let at = start; at < end; at++) {
      if (pool[at] !== term) continue;
      if (isText(field, number)) found.push(number);
      break;
    }
  }
  return found;
}

function valuesWithAny(field: Field, wanted: Uint8Array): number[] {
  const { lengths, pool, starts, values } = field;
  const found: number[] = [];
  for (let number = 0; number < values.length; number++) {
    const start = starts[number] ?? 0;
    const end = start + (lengths[number] ?? 0);
    for (let at = start; at < end; at++) {
      if (wanted[pool[at] ?? 0] === 0) continue;
      if (isText(field, number)) found.push(number);
      break;
    }
  }
  return found;
}
