import type { Json, JsonObject, RegistryRecord } from './registry.ts';

/** A query in the style of Elasticsearch (specification `registry`, section 5); the server says what it refuses. */
export interface SearchRequest {
  query?: JsonObject;
  filter?: JsonObject;
  post_filter?: JsonObject;
  from?: number;
  size?: number;
  sort?: Json;
  _source?: Json;
  fields?: Json;
  facets?: JsonObject;
  aggs?: JsonObject;
  highlight?: JsonObject;
  [more: string]: Json | undefined;
}

/** Either words, as in `?q=`, or a query object. */
export type Search = Words | SearchRequest;

export interface Words {
  q: string;
  from?: number;
  size?: number;
  /** Top-level names of records. */
  fields?: string[];
}

/** What a bucket of a `terms` aggregation, and of its like, holds. */
export interface Bucket {
  key: string | number;
  key_as_string?: string;
  doc_count: number;
  [sub: string]: unknown;
}

export interface Aggregation {
  buckets?: Bucket[];
  doc_count?: number;
  value?: number | null;
  sum_other_doc_count?: number;
  [more: string]: unknown;
}

export interface Hit<Source = RegistryRecord> {
  _id: string;
  _score: number | null;
  _source: Source;
  fields?: Record<string, Json[]>;
  highlight?: Record<string, string[]>;
  sort?: Json[];
}

/** The envelope of a search. */
export interface SearchAnswer<Source = RegistryRecord> {
  took: number;
  timed_out: boolean;
  hits: { total: number; max_score: number | null; hits: Hit<Source>[] };
  facets?: Record<string, JsonObject>;
  aggregations?: Record<string, Aggregation>;
}
