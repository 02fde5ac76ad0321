import type { Derivation, EvidenceKind, Queries, Transaction } from './evidence.ts';
import { openPayload } from './payload.ts';
import {
  isAnythingWaiting,
  listWaiting,
  loadPayloads,
  markDone,
  markFailed,
  takeLane,
  type WaitingRow,
} from './store.ts';

/** Items and rows of one transaction: enough to drown its fixed cost (~4 ms), small enough to keep memory flat. */
const ITEMS_PER_TRANSACTION = 10_000;
const ROWS_PER_TRANSACTION = 500;
/** Of payload, where items are large: it is all in memory at once. */
const BYTES_PER_TRANSACTION = 32 * 1024 * 1024;

interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ProcessorOptions {
  sql: Queries;
  derivation: Derivation;
  log: Log;
  now(): number;
  /** Whether an error is the database's passing trouble rather than the evidence's fault. */
  isTransient(error: unknown): boolean;
}

/** What one step did: evidence applied, nothing waiting, or another process has the lane. */
export type Step = { applied: number } | 'idle' | 'busy';

export interface Processor {
  /** Applies the next group of evidence, exactly once. Throws only on the database's passing trouble. */
  step(): Promise<Step>;
}

/**
 * The processor of all kinds of evidence. Reading (decompressing, parsing) runs ahead and in parallel; applying goes in
 * order of acceptance, one group at a time over all processes: derived rows, dirty marks, `seq` and `done` in one transaction.
 */
export function createProcessor(options: ProcessorOptions): Processor {
  const { sql, derivation, log } = options;
  const kinds = new Map<string, EvidenceKind>(derivation.kinds.map((kind) => [kind.kind, kind]));
  /** Evidence read ahead, by id. */
  let ahead = new Map<string, Promise<unknown>>();
  /** After a failure evidence goes one by one until the culprit is found. */
  let single = 0;
  let seen: { lastSeq: number; epoch: number } | null = null;

  /** `turn`: when the one before is read. One after the other: together they would all be half read when the first is needed. */
  async function prepare(row: WaitingRow, payload: Buffer, turn: Promise<unknown>): Promise<unknown> {
    const kind = kinds.get(row.kind);
    if (kind === undefined) throw new Error(`nobody here understands evidence of kind ${row.kind}`);
    const opened = await openPayload(payload);
    await turn.catch(() => undefined);
    return kind.prepare(opened, row.params);
  }

  function readAhead(rows: WaitingRow[], queries: Queries | Transaction): Map<string, Promise<unknown>> {
    const missing = rows.filter((row) => !ahead.has(row.id));
    const loaded =
      missing.length === 0
        ? null
        : loadPayloads(
            queries,
            missing.map((row) => row.id),
          );
    const byId = loaded?.then((payloads) => new Map(payloads.map((row) => [row.id, row.payload])));
    const next = new Map<string, Promise<unknown>>();
    let turn: Promise<unknown> = Promise.resolve();
    for (const row of rows) {
      const known = ahead.get(row.id);
      const before = turn;
      const read =
        known ??
        (async () => {
          const payload = (await byId)?.get(row.id);
          if (payload === undefined) throw new Error('the payload is gone');
          return prepare(row, payload, before);
        })();
      // Whoever awaits it sees the failure; reading ahead must not end the process.
      read.catch(() => undefined);
      next.set(row.id, read);
      turn = read;
    }
    return next;
  }

  async function applyGroup(
    tx: Transaction,
    group: WaitingRow[],
    { last_seq: lastSeq, last_at: lastAt }: { last_seq: number; last_at: Date | null },
  ): Promise<void> {
    const kind = kinds.get(group[0]?.kind ?? '');
    if (kind === undefined) throw new Error(`nobody here understands evidence of kind ${group[0]?.kind}`);
    // Never the same for two groups, nor earlier: a replay knows the groups by it, and so does who asks what changed since.
    const processedAt = new Date(Math.max(options.now(), (lastAt?.getTime() ?? 0) + 1));
    const batch = [];
    for (const [index, row] of group.entries()) {
      const prepared = await ahead.get(row.id);
      batch.push({
        id: row.id,
        seq: lastSeq + 1 + index,
        account: row.account,
        params: row.params,
        receivedAt: row.received_at,
        processedAt,
        prepared,
      });
    }
    const results = await kind.apply(tx, batch);
    await markDone(
      tx,
      batch.map((evidence, index) => ({ id: evidence.id, seq: evidence.seq, result: results[index] ?? {} })),
      processedAt,
    );
  }

  return {
    async step() {
      if (!(await isAnythingWaiting(sql))) return 'idle';
      let group: WaitingRow[] = [];
      try {
        return await sql.begin(async (tx): Promise<Step> => {
          const state = await takeLane(tx);
          if (state === null) return 'busy';
          if (seen === null || seen.lastSeq !== state.last_seq || seen.epoch !== state.epoch)
            derivation.forget();
          seen = null;
          const waiting = await listWaiting(tx, single > 0 ? 1 : 2 * ROWS_PER_TRANSACTION);
          group = nextGroup(waiting);
          if (group.length === 0) {
            seen = { lastSeq: state.last_seq, epoch: state.epoch };
            return 'idle';
          }
          ahead = readAhead(group, tx);
          await Promise.allSettled(ahead.values());
          // The group after this one is read while PostgreSQL works on this one.
          const rest = nextGroup(waiting.slice(group.length));
          const current = ahead;
          const next = rest.length > 0 ? readAhead(rest, sql) : new Map<string, Promise<unknown>>();
          ahead = current;
          await applyGroup(tx, group, state);
          ahead = next;
          seen = { lastSeq: state.last_seq + group.length, epoch: state.epoch };
          if (single > 0) single--;
          return { applied: group.length };
        });
      } catch (error) {
        seen = null;
        ahead = new Map();
        derivation.forget();
        const first = group[0];
        if (first === undefined || options.isTransient(error)) throw error;
        if (group.length > 1) {
          single = group.length;
          return { applied: 0 };
        }
        const reason = error instanceof Error ? error.message : String(error);
        log.error(
          { evidence: first.id, kind: first.kind, reason },
          'evidence set aside: it cannot be applied',
        );
        await markFailed(sql, first.id, reason, new Date(options.now()));
        return { applied: 0 };
      }
    },
  };
}

/** The longest run of one kind from the start that fits into a transaction; at least one. */
function nextGroup(waiting: WaitingRow[]): WaitingRow[] {
  const group: WaitingRow[] = [];
  let items = 0;
  let bytes = 0;
  for (const row of waiting) {
    items += row.items;
    bytes += row.bytes;
    const isFull =
      items > ITEMS_PER_TRANSACTION || bytes > BYTES_PER_TRANSACTION || group.length >= ROWS_PER_TRANSACTION;
    if (group.length > 0 && (row.kind !== group[0]?.kind || isFull)) break;
    group.push(row);
  }
  return group;
}
