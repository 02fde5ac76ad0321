import type { NewEvidence, Queries } from './evidence.ts';
import { insertEvidence } from './store.ts';
import { uuidV7 } from './uuid.ts';

export interface Inbox {
  /** Resolves with the evidence's id once it is durable; rejects when it could not be stored (nothing is acknowledged then). */
  accept(evidence: NewEvidence): Promise<string>;
}

interface Waiter {
  row: NewEvidence & { id: string; receivedAt: Date };
  resolve(id: string): void;
  reject(error: unknown): void;
}

/** Bounds of one insert: many pings share one commit, one big upload goes alone. */
const ROWS_PER_INSERT = 64;
const BYTES_PER_INSERT = 4 * 1024 * 1024;
/** Two commits under way hide the wait for the disk; more only split the batches. */
const INSERTS_AT_ONCE = 2;

/**
 * The inbox: one row per accepted body. Bodies that arrive while a commit is under way share the next one, so that
 * thousands of tracker pings a second cost a few hundred commits.
 */
export function createInbox(options: { sql: Queries; now(): number; onAccepted(): void }): Inbox {
  const waiting: Waiter[] = [];
  let running = 0;

  function nextBatch(): Waiter[] {
    let bytes = 0;
    let count = 0;
    for (const waiter of waiting) {
      bytes += waiter.row.payload.compressed.length;
      if (count > 0 && (count >= ROWS_PER_INSERT || bytes > BYTES_PER_INSERT)) break;
      count++;
    }
    return waiting.splice(0, count);
  }

  async function flush(): Promise<void> {
    running++;
    try {
      while (waiting.length > 0) {
        const batch = nextBatch();
        try {
          await insertEvidence(
            options.sql,
            batch.map((waiter) => waiter.row),
          );
          for (const waiter of batch) waiter.resolve(waiter.row.id);
          options.onAccepted();
        } catch (error) {
          for (const waiter of batch) waiter.reject(error);
        }
      }
    } finally {
      running--;
    }
  }

  return {
    accept(evidence) {
      return new Promise((resolve, reject) => {
        const now = options.now();
        waiting.push({ row: { ...evidence, id: uuidV7(now), receivedAt: new Date(now) }, resolve, reject });
        if (running < INSERTS_AT_ONCE) void flush();
      });
    },
  };
}
