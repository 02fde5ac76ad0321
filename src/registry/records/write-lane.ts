import { isTransient, type Sql } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import type { StoredRecord } from '../model/record.ts';
import { decide, type Refusal, type Write } from './decide.ts';
import {
  type Change,
  loadRecords,
  lockRegistry,
  notifyOthers,
  type Superseded,
  saveChanges,
  saveRecords,
  saveVersions,
  unlockRegistry,
} from './records.store.ts';

export type Written = { kind: 'written'; stored: StoredRecord; changed: boolean } | Refusal;

/** Other servers hear of writes here; the payload is the last number. */
export const changesChannel = 'almanac_registry';

/** Most writes of one transaction: about 50 ms. */
const mostAtOnce = 100;

export interface WriteLaneParts {
  sql: Sql;
  now(): number;
  newId(): string;
  /** Called with what was written before anybody is answered. */
  onWritten(stored: StoredRecord): void;
  /** Called after that with the numbers of the transaction, both inclusive. */
  onCommitted(first: number, last: number): void;
}

/**
 * Writes records one after the other. Whoever writes holds the one lock of the register until its transaction ends,
 * so numbers appear in order and no merge is lost; to be fast all the same, writes that wait share the next transaction
 * (one flush to disk for up to 100 of them instead of one each).
 */
export function createWriteLane({ sql, now, newId, onWritten, onCommitted }: WriteLaneParts) {
  const waiting: { write: Write; resolve(written: Written): void; reject(error: unknown): void }[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const turn = waiting.splice(0, mostAtOnce);
      try {
        settle(turn, await commit(turn.map(({ write }) => write)));
      } catch (error) {
        if (turn.length === 1 || isTransient(error)) for (const one of turn) one.reject(error);
        else await oneByOne(turn);
      }
    }
    isRunning = false;
  }

  // One write the database does not take must not be the end of its neighbours.
  async function oneByOne(turn: typeof waiting): Promise<void> {
    for (const one of turn) {
      try {
        settle([one], await commit([one.write]));
      } catch (error) {
        one.reject(error);
      }
    }
  }

  function settle(turn: typeof waiting, results: Written[]): void {
    for (const [place, one] of turn.entries()) {
      const result = results[place];
      if (result) one.resolve(result);
    }
  }

  async function commit(writes: Write[]): Promise<Written[]> {
    const { results, last, first, seq } = await sql.begin(async (tx) => {
      const state = await lockRegistry(tx);
      const records: Map<string, StoredRecord> = await loadRecords(
        tx,
        writes.flatMap(({ kind, id }) => (kind === 'create' ? [] : [id])),
      );
      // Whole seconds, and never backwards, also when the clock steps back.
      const time = Math.max(Math.floor(now() / 1000) * 1000, state.lastAt);
      const at = isoSeconds(time);
      let seq = state.lastSeq;
      const changes: Change[] = [];
      const versions: Superseded[] = [];
      const results = writes.map((write): Written => {
        const decision = decide(write, records.get(write.id) ?? null, at);
        if (decision.kind === 'unchanged') {
          return { kind: 'written', stored: { record: decision.record, seq: decision.seq }, changed: false };
        }
        if (decision.kind !== 'write') return decision;
        seq += 1;
        const stored = { record: decision.record, seq };
        records.set(write.id, stored);
        changes.push({ seq, id: write.id, at, isNew: write.kind === 'create' });
        if (decision.superseded !== null)
          versions.push({ id: newId(), record: decision.superseded, superseded: at, account: write.account });
        return { kind: 'written', stored, changed: true };
      });
      const touched = new Set(changes.map(({ id }) => id));
      const last = [...records.values()].filter(({ record }) => touched.has(record.id));
      if (last.length > 0) {
        // Sent one after the other without waiting for each: others wait for this lock.
        await Promise.all([
          saveRecords(tx, last),
          saveChanges(tx, changes),
          saveVersions(tx, versions),
          unlockRegistry(tx, seq, time),
          notifyOthers(tx, changesChannel, seq),
        ]);
      }
      return { results, last, first: state.lastSeq + 1, seq };
    });
    for (const stored of last) onWritten(stored);
    if (seq >= first) onCommitted(first, seq);
    return results;
  }

  /** Resolves once the write is durable, or refused. */
  return function write(wanted: Write): Promise<Written> {
    return new Promise((resolve, reject) => {
      waiting.push({ write: wanted, resolve, reject });
      void run();
    });
  };
}
