import type {
  Compliance,
  Identifiers,
  ProvenanceEntry,
  SupportingInfo,
  Upstream,
  Verdicts,
} from './record.ts';

// What the engine of jobs and the chain of questions know of each other, and no more. The chain is pure over its answers:
// the same answers give the same resolution, so a record can be resolved again when a parked step has got its answer.

/** What is asked of a source. The three together name the answer: in the cache, and where questions are merged. */
export interface Question {
  source: Upstream;
  /** Which of the source's questions, such as `search.doi`; a closed list of the source. */
  question: string;
  /** Canonical identifier, or the normalised text that is looked for. */
  key: string;
}

/**
 * The three outcomes, never mixed. `at` is when the source said so (ISO, seconds), which is what provenance states.
 * `value` is JSON: it is kept. `unavailable` comes only when the question was given up: it is parked then.
 */
export type Answer<T = unknown> =
  | { outcome: 'found'; value: T; at: string }
  | { outcome: 'not_found'; at: string }
  | { outcome: 'unavailable'; status: string; at: string };

/** The door of one job. Waits as long as it takes: for the source's limits, through failures, until given up. */
export interface Asking {
  /** Rejects only when the job's signal fires. */
  ask<T>(question: Question): Promise<Answer<T>>;
}

/** All jobs' doors: one per process, in step with other processes through the database. */
export interface Doors {
  openFor(job: { id: string; giveUpAfterMs: number; signal: AbortSignal }): Asking;
  stop(): Promise<void>;
}

/** What the chain is given of a record. `identifiers` are canonical and were given; nothing was found yet. */
export interface ArticleDraft {
  identifiers: Identifiers;
  policies: readonly string[];
  panel: 'A' | 'B' | 'C' | 'D';
  publisherPages: boolean;
}

export interface Resolution {
  /** Given ids, missing ones filled with found ones. */
  identifiers: Identifiers;
  supporting_info: SupportingInfo;
  compliance: Compliance;
  verdicts?: Verdicts;
  /** In the order of the steps; `<source>.unavailable` among them for whatever is parked. `<source>.recovered` is the engine's. */
  notes: ProvenanceEntry[];
  /** Questions that stayed without an answer. */
  parked: (Question & { status: string })[];
}

export type Resolve = (draft: ArticleDraft, asking: Asking) => Promise<Resolution>;
