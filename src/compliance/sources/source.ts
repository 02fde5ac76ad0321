import type { Upstream } from '../record.ts';

/** How hard a source may be asked, by all jobs and all processes of an installation together (§6). */
export interface SourceLimits {
  perSecond: number;
  burst: number;
  /** Requests on their way at once. */
  inFlight: number;
}

/** What a source says to one question. Only its own clear word is `found` or `not_found`; all else is `unavailable`. */
export type Reply =
  | { outcome: 'found'; value: unknown }
  | { outcome: 'not_found' }
  | {
      outcome: 'unavailable';
      /** For people and for the record: `HTTP 503`, `timeout`, `malformed`. */
      status: string;
      /** Says nothing about the source as a whole, so its breaker does not count it. */
      blameless?: true;
    }
  /** The answer for several at once left this one open: it is to be asked alone. */
  | { outcome: 'ask_alone' };

/** What an answer's headers say about further requests. */
export interface Manners {
  /** ms since 1970. */
  pauseUntil?: number;
  perSecond?: number;
  concurrency?: number;
}

export interface SourceAnswer extends Manners {
  /** One for each key, in their order. */
  replies: Reply[];
}

export interface Source {
  name: Upstream;
  limits: SourceLimits;
  /** Failures in a row after which only probes go through; Infinity for a source that is many hosts. */
  failuresToOpen: number;
  /** How many keys one request of this question may carry. */
  batchSize(question: string): number;
  /** One request. `lastStatus`: how the try before ended. Never throws for what the upstream does. */
  ask(question: string, keys: readonly string[], lastStatus: string | null): Promise<SourceAnswer>;
}
