import type { Sql, TransactionSql } from 'postgres';

// The vocabulary of this room: what a piece of evidence is, and what a room that understands one kind of it registers.

/** A transaction on the database; search path `derived, almanac`. */
export type Transaction = TransactionSql;
export type Queries = Sql;

/** JSON-able facts that came beside a body (query parameters and what accepting found out). */
export type Params = Record<string, string | number | boolean | null | string[]>;

export interface Rejection {
  /** Place of the item in the body, from 1. */
  position: number;
  reason: string;
  errors?: { path: string; message: string }[];
}

/** What accepting a body answered; kept with the evidence, so that a replay need not judge again. */
export interface AcceptedResult {
  accepted: number;
  rejected: Rejection[];
  notes?: string[];
}

/** Evidence on its way into the inbox. */
export interface NewEvidence {
  account: string;
  kind: string;
  contentType: string;
  payload: SealedPayload;
  /** Hash of the body as received (hex), where the payload differs from it. */
  receivedSha256?: string;
  restricted: boolean;
  params: Params;
  result: AcceptedResult;
  /** What the kind looks for among waiting evidence; given up when it is applied. */
  itemKeys?: Buffer;
}

/** A payload hashed and compressed (zstd) while it was written. */
export interface SealedPayload {
  compressed: Buffer;
  /** Uncompressed length. */
  bytes: number;
  /** Hex SHA-256 of the uncompressed payload. */
  sha256: string;
}

/** One piece of evidence as it is applied. */
export interface AppliedEvidence<Prepared> {
  id: string;
  seq: number;
  account: string;
  params: Params;
  receivedAt: Date;
  /** When it is (was, in a replay) processed: the only clock that derivation may use. */
  processedAt: Date;
  prepared: Prepared;
  /** In a replay: what applying it came to. What was set aside then stays so. */
  recorded?: Record<string, unknown>;
}

/** A room's understanding of one kind of evidence. */
export interface EvidenceKind<Prepared = unknown> {
  kind: string;
  /** Pure: bytes to items. Called ahead of `apply`, and in parallel. */
  prepare(payload: Buffer, params: Params): Prepared | Promise<Prepared>;
  /**
   * Derives in the given transaction, in order of `seq`, and answers one result per evidence. May use nothing but
   * the evidence and the derived tables. Throwing sets the evidence aside.
   */
  apply(tx: Transaction, batch: AppliedEvidence<Prepared>[]): Promise<Record<string, unknown>[]>;
  /** Facts computed when the evidence is read (`GET /api/evidence/:id`), after it was applied. */
  describe?(
    sql: Queries,
    evidence: { params: Params; result: Record<string, unknown> },
    payload: () => Promise<Buffer>,
  ): Promise<Record<string, unknown>>;
}

/** What is derived in memory (caches) must be dropped when somebody else applied, or derived tables were swapped. */
export interface Derivation {
  kinds: EvidenceKind[];
  forget(): void;
}
