import type { TransactionSql } from 'postgres';
import type { EvidenceKind } from '../evidence/index.ts';
import type { Conflict } from '../works/index.ts';
import { closeAlert, raiseAlert, settleDecrease } from './alerts.store.ts';
import type { AppliedItem } from './applied-item.ts';
import { nextNumbers } from './events.store.ts';
import { createLedger, type HoldChange, type Place } from './ledger.ts';
import { findHeld, findObservations } from './stored-events.store.ts';
import { uuidV5 } from './uuid.ts';
import { writeDifference } from './write-difference.ts';

const idOf = (no: number): string => uuidV5('alert', String(no));

/** Identifiers that two works with different DOIs are said to share; they stay with the work that had them first. */
export async function raiseConflicts(
  tx: TransactionSql,
  conflicts: readonly Conflict[],
  itemOf: (group: number) => AppliedItem | undefined,
): Promise<void> {
  for (const { group, identifier, claimedBy } of conflicts) {
    const item = itemOf(group);
    if (item === undefined) continue;
    await raiseAlert(tx, {
      class: 'identifier_conflict',
      level: 'warning',
      source_id: item.sourceId,
      agent: item.agent,
      work_id: claimedBy,
      event: item.deposit.type === 'relation' ? item.deposit.id : null,
      from_value: null,
      to_value: null,
      incident: uuidV5('incident', 'identifier_conflict', String(item.place.seq)),
      message: `${identifier} belongs to a work with another DOI and stays there`,
      at: new Date(item.place.processedAt),
      idOf,
    });
  }
}

/** Decreases that are held, and those that are no more. After the events are written. */
export async function raiseHolds(
  tx: TransactionSql,
  holds: readonly HoldChange[],
  agentOf: (place: Place) => string | null,
): Promise<void> {
  for (const { kind, event, from, to, place } of holds) {
    const at = new Date(place.processedAt);
    if (kind !== 'held') {
      await settleDecrease(tx, event.to, event.source, kind, at);
      continue;
    }
    await raiseAlert(tx, {
      class: 'count_decreased',
      level: to === 0 ? 'error' : 'warning',
      source_id: event.source,
      agent: agentOf(place),
      work_id: event.to,
      event: event.id,
      from_value: from,
      to_value: to,
      incident: uuidV5('incident', 'count_decreased', String(place.seq)),
      message: `the value fell from ${from} to ${to} and is held until it is confirmed`,
      at,
      idOf,
    });
  }
}

interface Word {
  alert: string;
  word: 'confirm' | 'reject';
}

/** An operator's word on an alert: evidence like everything, so that a replay believes the same (specification `events` §10). */
export function createAlertWordKind(): EvidenceKind<Word> {
  return {
    kind: 'alert',
    prepare: (payload) => JSON.parse(payload.toString('utf8')) as Word,
    async apply(tx, batch) {
      const results: Record<string, unknown>[] = [];
      for (const { prepared, seq, processedAt } of batch) {
        const { alert: id, word } = prepared;
        const state = word === 'confirm' ? 'confirmed' : 'rejected';
        const alert = await closeAlert(tx, id, state, processedAt);
        if (alert?.class === 'count_decreased') {
          const place = {
            seq,
            position: 1,
            processedAt: processedAt.getTime(),
            account: 0,
            isOperator: true,
          };
          await settleHolds(tx, alert.work_id, alert.source_id, word, place);
        }
        results.push({ alert: id, state: alert === null ? 'was not open' : state });
      }
      return results;
    },
  };
}

async function settleHolds(
  tx: TransactionSql,
  workId: number,
  sourceId: number,
  word: Word['word'],
  place: Place,
): Promise<void> {
  const events = await findHeld(tx, workId, sourceId);
  const observations = await findObservations(
    tx,
    events.map(({ id }) => id),
  );
  const { change_no: changeNo } = await nextNumbers(tx);
  const ledger = createLedger({ events, observations, changeNo, findsPairs: false });
  for (const { id } of events) ledger.settleHold(id, word, place);
  await writeDifference(tx, ledger.difference(), place.seq);
}
