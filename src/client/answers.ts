/** The shapes of the API's answers, as the contract gives them. Times are `YYYY-MM-DDTHH:MM:SSZ`, days `YYYY-MM-DD`. */

export interface Health {
  status: string;
  [more: string]: unknown;
}

/** 202 of every batch: the body is stored, good items will be processed, bad ones are listed by position (from 1). */
export interface Accepted {
  evidence: string;
  accepted: number;
  rejected: { position: number; reason: string }[];
}

export interface Metrics {
  total_item_requests: number;
  unique_item_requests: number;
  total_item_investigations: number;
  unique_item_investigations: number;
}

export type SubjectType = 'publication' | 'scholar' | 'partner' | 'country';

export interface Subject {
  type: SubjectType;
  id: string;
  name: string | null;
}

export type Granularity = 'total' | 'year' | 'month' | 'day';

export interface Statistics {
  subject: Subject;
  from: string | null;
  until: string | null;
  granularity: Granularity;
  metrics: Metrics;
  series: ({ period: string } & Metrics)[];
  countries: ({ country: string } & Metrics)[];
  up_to: string | null;
}

export interface Top {
  from: string | null;
  until: string | null;
  items: { subject: Subject; metrics: Metrics }[];
}

export type NamedSubjectType = 'scholar' | 'partner';

export interface NamedSubjects {
  items: { subject: Subject & { type: NamedSubjectType; name: string }; metrics: Metrics }[];
  /** Whether there are more than asked for. */
  more: boolean;
}

export interface UsageStatus {
  /** Accepted events that are not resolved and stored yet. */
  queued: number;
  /** Work-days waiting to be recomputed. */
  dirty: number;
  events: number;
  works: number;
  unknown_works: number;
  scholars: number;
  partners: number;
  salts: number;
  robots_list: { patterns: number; sha256: string };
  up_to: string | null;
}

/** A month of a partner that is out of line with the twelve before. */
export interface Spike {
  subject: Subject;
  direction: 'above' | 'below';
  total: number;
  mean: number;
  note: string;
}

/** One event, and which rule kept it from being counted. */
export interface UsageVerdict {
  id: string;
  time: string;
  kind: 'request' | 'investigation' | 'other';
  status: number | null;
  user_agent: string | null;
  counted: boolean;
  /** Null when it is counted. */
  rule: string | null;
  [more: string]: unknown;
}

export interface Evidence {
  id: string;
  seq: number | null;
  account: string;
  kind: string;
  content_type: string;
  bytes: number;
  sha256: string;
  received_sha256?: string;
  redacted?: boolean;
  received_at: string;
  processed_at: string | null;
  state: 'waiting' | 'working' | 'done' | 'failed';
  result: EvidenceResult | null;
  payload?: string;
  payload_encoding?: 'base64';
}

/**
 * What became of the items of one delivery. Event lines give the four figures after `rejected`;
 * the three after those come with `match=known`, where only the server can class a line.
 */
export interface EvidenceResult {
  accepted?: number;
  rejected?: { position: number; reason: string }[];
  duplicates?: number;
  robot?: number;
  double_click?: number;
  counted?: number;
  unmatched?: number;
  method?: number;
  status?: number;
  notes?: string[];
  /** Why a `failed` evidence was set aside. */
  error?: string;
  [more: string]: unknown;
}

/** One line of `POST /api/usage/events` (specification `usage`, section 2.4). */
export interface UsageEventLine {
  /** ISO 8601 with time; UTC when it has no zone. */
  time: string;
  /** Any identifier of the work; null only with `match: 'known'`, when the server goes by the URL. */
  item: string | null;
  url: string | null;
  kind?: 'request' | 'investigation' | null;
  /** The sender's own identity of the event; the same id from the same source is the same event. */
  id?: string;
  method?: string;
  status?: number;
  address?: string;
  user_agent?: string;
  user?: string;
  cookie?: string;
  session?: string;
  referrer?: string;
}

/** A publication for `POST /api/publications` (specification `usage`, section 5.1); `id` or one identifier is needed. */
export interface Publication {
  id?: string;
  identifiers?: string[];
  title?: string;
  type?: string;
  date?: string;
  publisher?: string;
  urls?: { url: string; kind: 'page' | 'file' }[];
  authors?: { name?: string; orcid?: string; dai?: string; isni?: string; id?: string }[];
  partners?: { id: string; name?: string }[];
  parent?: {
    title?: string;
    type?: string;
    issn_online?: string;
    issn_print?: string;
    isbn?: string;
    doi?: string;
  };
  datestamp?: string;
  deleted?: boolean;
}
