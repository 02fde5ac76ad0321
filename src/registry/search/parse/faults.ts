/** Where (a JSON pointer into the query, or a parameter's name) and what. */
export interface SearchFault {
  path: string;
  message: string;
}

/** What one reading of a query carries along: the faults so far and what the query may still spend. */
export interface Reading {
  faults: SearchFault[];
  /** Epoch ms that `now` means. */
  now: number;
  clauses: number;
  /** Patterns and fuzzy words, which walk through all tokens. */
  scans: number;
}

export const mostClauses = 1024;
export const mostScans = 64;
export const deepest = 32;
const mostFaults = 100;

export const startReading = (now: number): Reading => ({ faults: [], now, clauses: 0, scans: 0 });

export function fault(reading: Reading, path: string, message: string): void {
  if (reading.faults.length < mostFaults) reading.faults.push({ path, message });
}

/** Counts a clause; false once there are too many (said once). */
export function spendClause(reading: Reading, path: string, count = 1): boolean {
  const before = reading.clauses;
  reading.clauses += count;
  if (reading.clauses <= mostClauses) return true;
  if (before <= mostClauses) fault(reading, path, `makes more than ${mostClauses} clauses`);
  return false;
}

export function spendScan(reading: Reading, path: string): boolean {
  reading.scans++;
  if (reading.scans === mostScans + 1) {
    fault(reading, path, `makes more than ${mostScans} patterns and fuzzy words`);
  }
  return reading.scans <= mostScans;
}

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const pointer = (path: string, name: string | number): string =>
  `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

export function objectAt(reading: Reading, value: unknown, path: string): Json | null {
  if (isObject(value)) return value;
  fault(reading, path, 'is not an object');
  return null;
}

/** Names the keys of an object that nothing here understands. */
export function onlyKeys(reading: Reading, object: Json, path: string, known: readonly string[]): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) fault(reading, pointer(path, key), 'is not supported here');
  }
}

export function textAt(reading: Reading, object: Json, key: string, path: string): string | undefined {
  const value = object[key];
  if (value === undefined || typeof value === 'string') return value;
  fault(reading, pointer(path, key), 'is not a string');
  return undefined;
}

export function numberAt(reading: Reading, object: Json, key: string, path: string): number | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  fault(reading, pointer(path, key), 'is not a number');
  return undefined;
}

/** A whole number from `least` to `most`, also as a string of digits. */
export function integerAt(
  reading: Reading,
  object: Json,
  key: string,
  path: string,
  least: number,
  most: number,
): number | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
    return number;
  fault(
    reading,
    path === '' && key === '' ? path : pointer(path, key),
    `is not a whole number from ${least} to ${most}`,
  );
  return undefined;
}

export function oneOf<T extends string>(
  reading: Reading,
  object: Json,
  key: string,
  path: string,
  allowed: readonly T[],
): T | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  const found = allowed.find(
    (each) => typeof value === 'string' && each.toLowerCase() === value.toLowerCase(),
  );
  if (found === undefined) fault(reading, pointer(path, key), `is not one of ${allowed.join(', ')}`);
  return found;
}

export function booleanAt(reading: Reading, object: Json, key: string, path: string): boolean | undefined {
  const value = object[key];
  if (value === undefined || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  fault(reading, pointer(path, key), 'is not true or false');
  return undefined;
}

/** A string or a list of strings. */
export function textsAt(reading: Reading, value: unknown, path: string): string[] {
  const list = Array.isArray(value) ? value : [value];
  const texts = list.filter((each) => typeof each === 'string');
  if (texts.length !== list.length) fault(reading, path, 'is not a string or a list of strings');
  return texts;
}
