import type { Clause, FieldName } from './clause.ts';
import type { Unit } from './dates.ts';
import type { Glob } from './glob.ts';
import type { Point } from './location.ts';
import type { Scalar } from './order.ts';

/** A whole search request, read and checked. */
export interface Question {
  query: Clause;
  /** Narrows the hits, not the facets. */
  postFilter: Clause | null;
  from: number;
  size: number;
  sort: SortKey[];
  minScore: number | null;
  source: SourceFilter | null;
  /** Top-level names of `_source` that the URL asked for; id and dates come along. */
  topLevel: string[] | null;
  fields: string[] | null;
  partialFields: { name: string; filter: SourceFilter }[];
  highlight: Highlight | null;
  facets: { name: string; facet: Facet; filter: Clause | null; global: boolean }[] | null;
  aggregations: NamedAggregation[] | null;
  /** Epoch ms. */
  now: number;
}

export type SortKey =
  | { by: 'score'; descending: boolean }
  | { by: 'id'; descending: boolean }
  | {
      by: 'field';
      field: FieldName;
      descending: boolean;
      missing: '_last' | '_first' | Scalar;
      mode: 'min' | 'max' | 'avg' | 'sum';
    }
  | { by: 'distance'; from: Point; descending: boolean };

/** False: no source. Patterns are dotted paths with `*`. */
export type SourceFilter = false | { includes: Glob[]; excludes: Glob[] };

export interface Highlight {
  fields: { name: FieldName; size: number; fragments: number }[];
  before: string;
  after: string;
}

/** Ends of a range of numbers or times; `from` inclusive, `to` exclusive. */
export interface Interval {
  key: string | null;
  from: number | null;
  to: number | null;
  /** As the request gave them, for the answer. */
  given: { from?: Scalar; to?: Scalar };
}

export type TermsOrder = 'count' | 'term' | 'reverse_count' | 'reverse_term';
export type StatsOrder =
  | TermsOrder
  | 'total'
  | 'reverse_total'
  | 'mean'
  | 'reverse_mean'
  | 'min'
  | 'reverse_min'
  | 'max'
  | 'reverse_max';

export type Facet =
  | {
      type: 'terms';
      fields: FieldName[];
      size: number;
      order: TermsOrder;
      exclude: string[];
      pattern: ((text: string) => boolean) | null;
      allTerms: boolean;
    }
  | { type: 'range'; field: FieldName; valueField: FieldName; ranges: Interval[]; dates: boolean }
  | { type: 'statistical'; fields: FieldName[] }
  | { type: 'terms_stats'; keyField: FieldName; valueField: FieldName; size: number; order: StatsOrder }
  | { type: 'histogram'; field: FieldName; interval: number }
  | { type: 'date_histogram'; field: FieldName; interval: CalendarInterval }
  | { type: 'geo_distance'; from: Point; unit: number; ranges: Interval[] }
  | { type: 'query' | 'filter'; clause: Clause };

export interface CalendarInterval {
  amount: number;
  unit: Unit | 'q';
}

export interface NamedAggregation {
  name: string;
  aggregation: Aggregation;
  below: NamedAggregation[];
}

export type Aggregation =
  | {
      type: 'terms';
      field: FieldName;
      size: number;
      order: { by: string; descending: boolean }[];
      leastCount: number;
      missing: Scalar | null;
      include: ((value: Scalar) => boolean) | null;
      exclude: ((value: Scalar) => boolean) | null;
    }
  | { type: 'filter'; clause: Clause }
  | { type: 'filters'; clauses: Clause[]; names: string[] | null }
  | { type: 'missing'; path: string }
  | {
      type: 'range';
      field: FieldName;
      ranges: Interval[];
      keyed: boolean;
      dates: boolean;
      format: string | null;
    }
  | { type: 'histogram'; field: FieldName; interval: number; leastCount: number; keyed: boolean }
  | {
      type: 'date_histogram';
      field: FieldName;
      interval: CalendarInterval;
      leastCount: number;
      format: string | null;
      keyed: boolean;
    }
  | { type: 'geo_distance'; from: Point; unit: number; ranges: Interval[]; keyed: boolean }
  | { type: 'global' }
  | { type: 'nested'; path: string }
  | { type: 'reverse_nested'; path: string | null }
  | { type: 'min' | 'max' | 'avg' | 'sum' | 'stats' | 'value_count' | 'cardinality'; field: FieldName }
  | { type: 'top_hits'; size: number; from: number; sort: SortKey[]; source: SourceFilter | null };
