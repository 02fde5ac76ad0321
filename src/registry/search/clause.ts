import type { Span } from './dates.ts';
import type { Glob } from './glob.ts';
import type { Point } from './location.ts';
import type { Scalar } from './order.ts';

/** A field as a query names it: `.exact` and `.keyword` ask for the whole form of its strings. */
export interface FieldName {
  /** As written. */
  name: string;
  /** Without the suffix. */
  path: string;
  whole: boolean;
}

/** An end of a range as given, and as a date if it reads as one. */
export interface Bound {
  value: Scalar;
  span: Span | null;
  /** `now-7d` and the like: compared with dates only. */
  mathematics: boolean;
  inclusive: boolean;
}

export interface BoolClause {
  kind: 'bool';
  must: Clause[];
  should: Clause[];
  filter: Clause[];
  mustNot: Clause[];
  /** How many of `should` have to hold. */
  minimum: number;
  boost: number;
}

/** A query, read and checked: what the evaluation works on. Distances in metres. */
export type Clause =
  | { kind: 'all'; boost: number }
  | { kind: 'none' }
  | { kind: 'term'; field: FieldName; values: Scalar[]; boost: number }
  | { kind: 'phrase'; field: FieldName; tokens: string[]; lastIsPrefix: boolean; boost: number }
  /** Numbers and booleans that the text names. */
  | { kind: 'value'; field: FieldName; text: string; boost: number }
  | { kind: 'glob'; field: FieldName; glob: Glob; boost: number }
  | { kind: 'fuzzy'; field: FieldName; text: string; edits: number; prefix: number; boost: number }
  | { kind: 'range'; field: FieldName; low: Bound | null; high: Bound | null; boost: number }
  | { kind: 'exists'; path: string }
  | { kind: 'ids'; ids: string[] }
  | BoolClause
  /** Any of them; the best one gives the score. */
  | { kind: 'best'; clauses: Clause[]; boost: number }
  /** Any field whose name fits. */
  | { kind: 'fields'; names: Glob; build: (path: string) => Clause; boost: number }
  | { kind: 'constant'; clause: Clause; boost: number }
  | { kind: 'nested'; path: string; clause: Clause }
  | { kind: 'distance'; from: Point; low: DistanceEnd | null; high: DistanceEnd | null }
  | { kind: 'box'; top: number; left: number; bottom: number; right: number };

export interface DistanceEnd {
  metres: number;
  inclusive: boolean;
}

export const everything: Clause = { kind: 'all', boost: 1 };
export const nothing: Clause = { kind: 'none' };

const suffix = /\.(exact|keyword)$/;

export function fieldName(name: string): FieldName {
  const path = name.replace(suffix, '');
  return { name, path: path === '_id' ? 'id' : path, whole: path !== name };
}

export function allOf(clauses: Clause[]): Clause {
  return clauses.length === 1 && clauses[0] ? clauses[0] : bool({ must: clauses });
}

/** No clause at all matches nothing. */
export function anyOf(clauses: Clause[]): Clause {
  if (clauses.length === 0) return nothing;
  return clauses.length === 1 && clauses[0] ? clauses[0] : bool({ should: clauses, minimum: 1 });
}

export const bool = (parts: Partial<Omit<BoolClause, 'kind'>>): BoolClause => ({
  kind: 'bool',
  must: [],
  should: [],
  filter: [],
  mustNot: [],
  minimum: 0,
  boost: 1,
  ...parts,
});
