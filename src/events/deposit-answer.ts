import { isoSeconds } from '../platform/http/index.ts';
import type { DepositRow } from './deposits.store.ts';
import { CUMULATIVE, GIVEN_TIME, INVERSE } from './event.ts';
import { readBody } from './kept-body.ts';
import { type Outcome, outcomeOf } from './outcomes.ts';
import { relationName } from './relations.ts';

export type DepositState = 'waiting' | 'working' | 'done' | 'failed';

const STANDARD = { message_type: 'relation', message_action: 'create', total: 1 };

/** A deposit as it was deposited, with what became of it. `raw`: the item of the kept body, where the event does not say it. */
export function depositAnswer(row: DepositRow, raw: unknown): Record<string, unknown> {
  const outcome: Outcome = row.outcome === null ? 'added' : outcomeOf(row.outcome);
  const state: DepositState = outcome === 'failed' ? 'failed' : row.settled ? 'done' : 'working';
  const {
    uuid: _uuid,
    id: _id,
    state: _state,
    errors: _errors,
    ...said
  } = (raw ?? saidBy(row)) as Record<string, unknown>;
  return {
    id: row.id,
    ...STANDARD,
    ...said,
    state,
    outcome: state === 'failed' ? null : state === 'done' ? outcome : null,
    duplicate_of: row.other,
    errors: row.reason === null ? [] : [{ path: '', message: row.reason }],
    evidence: row.evidence,
    account: row.account,
    version: row.version,
    created_at: isoSeconds((row.created_at ?? row.applied_at).getTime()),
    updated_at: isoSeconds(row.applied_at.getTime()),
  };
}

export function waitingAnswer(
  id: string,
  raw: unknown,
  delivery: { id: string; account: string; received_at: Date },
): Record<string, unknown> {
  const { uuid: _uuid, id: _id, state: _state, errors: _errors, ...said } = raw as Record<string, unknown>;
  return {
    id,
    ...STANDARD,
    ...said,
    state: 'waiting',
    outcome: null,
    duplicate_of: null,
    errors: [],
    evidence: delivery.id,
    account: delivery.account,
    version: null,
    created_at: isoSeconds(delivery.received_at.getTime()),
    updated_at: isoSeconds(delivery.received_at.getTime()),
  };
}

/** What an event's first deposit said, from the event. */
function saidBy(row: DepositRow): Record<string, unknown> {
  const flags = row.flags ?? 0;
  const relation = row.relation_id ?? 0;
  const body = row.body === null ? {} : readBody(row.body);
  return {
    source_id: row.source,
    relation_type_id: relationName(flags & INVERSE ? -relation : relation),
    total: row.event_total,
    total_type: flags & CUMULATIVE ? 'cumulative' : 'increment',
    ...(flags & GIVEN_TIME && row.event_occurred_at !== null
      ? { occurred_at: isoSeconds(row.event_occurred_at.getTime()) }
      : {}),
    ...body,
  };
}
