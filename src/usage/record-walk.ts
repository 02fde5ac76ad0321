import type { TransactionSql } from 'postgres';
import { keyOf, readDatestamp } from '../works/index.ts';
import * as store from './facts.store.ts';
import type { Fact } from './facts.ts';
import type { StoredEvent, StoredRecord } from './stored-event.ts';

export interface RecordState extends store.StoredRecordState {
  changed: boolean;
}

/** What is stored of some OAI records, by key. */
export async function loadRecordStates(
  tx: TransactionSql,
  records: Iterable<{ source: string; line: StoredRecord }>,
): Promise<Map<string, RecordState>> {
  const keys = new Set<string>();
  for (const { source, line } of records) keys.add(recordKey(source, line));
  if (keys.size === 0) return new Map();
  const rows = await store.findRecordStates(tx, [...keys]);
  return new Map(rows.map((row) => [row.key, { ...row, changed: false }]));
}

function recordKey(source: string, line: StoredRecord): string {
  return keyOf(source, line.record.identifier);
}

/**
 * Walks through the OAI records of a delivery: a newer datestamp (or none) replaces all events of the record, the same
 * changes nothing, an older one is skipped, a deletion withdraws them all.
 */
export function createRecordWalk(
  source: string,
  states: Map<string, RecordState>,
  current: Map<string, Fact | null>,
  tally: { older_records: number; duplicates: number; withdrawn: number },
) {
  let open: { state: RecordState; old: string[]; fresh: Set<string> } | null = null;
  let skipping = false;
  /** What records do not state any more; whether another record of the delivery does is known at its end. */
  const dropped: string[] = [];
  const stated = new Set<string>();

  function close(): void {
    if (open === null) return;
    const { state, old, fresh } = open;
    for (const identity of old) if (!fresh.has(identity)) dropped.push(identity);
    state.identities = [...fresh];
    open = null;
  }

  return {
    open(line: StoredRecord): void {
      close();
      skipping = false;
      const key = recordKey(source, line);
      const datestamp = readDatestamp(line.record.datestamp);
      const known = states.get(key);
      if (known?.datestamp && datestamp !== null && datestamp <= known.datestamp) {
        if (datestamp < known.datestamp) tally.older_records++;
        skipping = true;
        return;
      }
      const state: RecordState = {
        key,
        datestamp,
        deleted: line.record.deleted,
        identities: [],
        changed: true,
      };
      states.set(key, state);
      open = { state, old: known?.identities ?? [], fresh: new Set() };
    },
    /** Whether the event counts; events of a record that is skipped are known already or out of date. */
    takes(event: StoredEvent): boolean {
      if (skipping) {
        tally.duplicates++;
        return false;
      }
      open?.fresh.add(event.event);
      if (open !== null) stated.add(event.event);
      return true;
    },
    /** Ends the delivery: events that its records have dropped and not taken over from one another are withdrawn. */
    finish(): void {
      close();
      for (const identity of dropped) {
        if (stated.has(identity)) continue;
        if (current.get(identity)) tally.withdrawn++;
        current.set(identity, null);
      }
    },
  };
}
