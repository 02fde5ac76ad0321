import { type Column, createColumn } from './column.ts';
import { spanOf } from './dates.ts';
import {
  addNumber,
  createDictionary,
  type Dictionary,
  hashOf,
  numberOf,
  removeNumber,
} from './dictionary.ts';
import type { Scalar } from './order.ts';
import { integersOf, type Postings, withInteger, withoutInteger } from './postings.ts';
import { dropTerm, type Terms, usedTerms, useTerms } from './terms.ts';

/**
 * All values that the records have at one path: a dictionary of the distinct ones (numbered), the records of each, the
 * values of each record, and the tokens of each value. Text is thus read once for each distinct value and not for each
 * record.
 */
export interface Field {
  path: string;
  /** What one occurrence of a token counts in `_all`; 0: the field is no part of it. */
  weight: number;
  /** The number of each value. */
  dictionary: Dictionary;
  /** Value by number; undefined where a number is free. */
  values: (Scalar | undefined)[];
  /** Whether it ever had a value that is no string: else none needs a look at what it is, which costs more than its words. */
  mixed: boolean;
  /** By value number: a number itself, the first instant (epoch ms) a date string names, else NaN. */
  keys: number[];
  /** By value number: the records that have it. */
  records: (Postings | undefined)[];
  column: Column;
  /** Tokens of each value in order: `pool[starts[n] … starts[n]+lengths[n])`. */
  pool: Int32Array;
  poolEnd: number;
  poolWaste: number;
  starts: number[];
  lengths: number[];
  free: number[];
  /** Value numbers in ascending order of the values, as of when somebody asked for it last. */
  sorted: Int32Array | undefined;
  /** Numbers that came or went since. */
  unsorted: Set<number>;
  /** Place of each value in `sorted`; undefined when out of date. */
  ranks: Int32Array | undefined;
  /** The most frequent values over all records; undefined when out of date. */
  listed: { size: number; total: number; numbers: readonly number[] } | undefined;
}

export const createField = (path: string): Field => ({
  path,
  weight: weightOf(path),
  dictionary: createDictionary(),
  values: [],
  mixed: false,
  keys: [],
  records: [],
  column: createColumn(),
  pool: noTokens,
  poolEnd: 0,
  poolWaste: 0,
  starts: [],
  lengths: [],
  free: [],
  sorted: undefined,
  unsorted: new Set(),
  ranks: undefined,
  listed: undefined,
});

/** Names say most about a repository; then who runs it and what it is about. */
const weights: [RegExp, number][] = [
  [/^register\.metadata\.record\.(name|acronym)$/, 12],
  [/^register\.organisation\.details\.(name|acronym|unit|unit_acronym)$/, 4],
  [/^register\.metadata\.record\.(subject|country|repository_type|content_type)$/, 2],
  [/^(register|admin)\.|^(id|)$/, 1],
];

const weightOf = (path: string): number => weights.find(([pattern]) => pattern.test(path))?.[1] ?? 0;

const noTokens = new Int32Array(0);

/** The number of a value, which is taken into the dictionary if it is new. */
export function numberFor(field: Field, terms: Terms, value: Scalar): number {
  const hash = hashOf(value);
  const known = numberOf(field.dictionary, field.values, value, hash);
  if (known >= 0) return known;
  const number = field.free.pop() ?? field.values.length;
  addNumber(field.dictionary, number, hash);
  takeValue(field, terms, number, value);
  unsort(field, number);
  return number;
}

/** Keeps a value under its number, with what is known of it without the records. */
export function takeValue(field: Field, terms: Terms, number: number, value: Scalar): void {
  field.values[number] = value;
  if (typeof value !== 'string') field.mixed = true;
  field.records[number] = undefined;
  field.keys[number] = keyOf(value);
  readTokens(field, terms, number, value);
}

/** The number of a value; undefined when no record has it. */
export function findNumber(field: Field, value: Scalar): number | undefined {
  const number = numberOf(field.dictionary, field.values, value);
  return number < 0 ? undefined : number;
}

/** Digits at the start are a cheap test: most strings are no dates. */
function keyOf(value: Scalar): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || value.length < 4 || value.length > 35) return Number.NaN;
  const first = value.charCodeAt(0);
  return first >= 48 && first <= 57 ? (spanOf(value)?.first ?? Number.NaN) : Number.NaN;
}

function readTokens(field: Field, terms: Terms, number: number, value: Scalar): void {
  field.starts[number] = field.poolEnd;
  field.lengths[number] = 0;
  if (typeof value === 'boolean') return;
  const count = useTerms(terms, String(value));
  makeRoom(field, count);
  field.starts[number] = field.poolEnd;
  field.lengths[number] = count;
  for (let i = 0; i < count; i++) field.pool[field.poolEnd++] = usedTerms[i] ?? 0;
}

/** Makes room for so many tokens, first by closing gaps when half of the pool is gaps. */
function makeRoom(field: Field, more: number): void {
  if (field.poolEnd + more <= field.pool.length) return;
  const pack = field.poolWaste * 2 > field.poolEnd;
  const wanted = (pack ? field.poolEnd - field.poolWaste : field.poolEnd) + more;
  const pool = new Int32Array(wanted + (wanted >> 1));
  if (pack) {
    let end = 0;
    for (let number = 0; number < field.values.length; number++) {
      const start = field.starts[number] ?? 0;
      const length = field.lengths[number] ?? 0;
      pool.set(field.pool.subarray(start, start + length), end);
      field.starts[number] = end;
      end += length;
    }
    field.poolEnd = end;
    field.poolWaste = 0;
  } else pool.set(field.pool.subarray(0, field.poolEnd));
  field.pool = pool;
}

/** Tokens (term numbers) of a value in order. */
export const tokensAt = (field: Field, number: number): Int32Array => {
  const start = field.starts[number] ?? 0;
  return field.pool.subarray(start, start + (field.lengths[number] ?? 0));
};

export function addRecord(field: Field, number: number, slot: number): void {
  field.listed = undefined;
  field.records[number] = withInteger(field.records[number], slot);
}

/** Takes a record from a value; a value without records leaves the dictionary. */
export function removeRecord(field: Field, terms: Terms, number: number, slot: number): void {
  field.listed = undefined;
  field.records[number] = withoutInteger(field.records[number], slot);
  if (field.records[number] !== undefined) return;
  const value = field.values[number];
  if (value === undefined) return;
  unsort(field, number);
  for (const term of tokensAt(field, number)) dropTerm(terms, term);
  field.poolWaste += field.lengths[number] ?? 0;
  field.lengths[number] = 0;
  removeNumber(field.dictionary, number);
  field.values[number] = undefined;
  field.keys[number] = Number.NaN;
  field.free.push(number);
}

export const recordsOf = (field: Field, number: number): Int32Array => integersOf(field.records[number]);

function unsort(field: Field, number: number): void {
  field.ranks = undefined;
  if (field.sorted !== undefined) field.unsorted.add(number);
}
