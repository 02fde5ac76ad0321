import type { Deposit } from './deposits.ts';

/** A response of a source, as it came. */
export interface SourceResponse {
  url: string;
  status: number;
  contentType: string;
  bytes: Uint8Array;
}

/** What became of deposits once they were applied. */
export type Outcome =
  /** The event counts: under this id, which is an earlier one's when the deposit says what that one says. */
  | { kind: 'counts'; event: string }
  | { kind: 'deleted' }
  /** The event was deleted by somebody else, and stays so. */
  | { kind: 'withheld' }
  | { kind: 'failed'; reason: string };

/** The evidence chain (events §5.3) as webmentions need it: everything goes in under the account `agent:webmention`. */
export interface EvidencePath {
  /** Keeps a response; resolves with the id of its evidence once it is durable. */
  keepResponse(response: SourceResponse): Promise<string>;
  /** Hands deposits in; resolves with the id of their evidence once it is durable, or with why none was taken. */
  deposit(
    deposits: readonly Deposit[],
    derivedFrom: string | null,
  ): Promise<{ ok: true; evidence: string } | { ok: false; reason: string }>;
  /** What became of the last deposit of that evidence, which is about `event`; null while it waits. */
  outcomeOf(evidence: string, event: string): Promise<Outcome | null>;
}
