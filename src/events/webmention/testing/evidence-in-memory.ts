import type { Deposit, EvidencePath, Outcome, SourceResponse } from '../index.ts';

export interface KeptEvent {
  live: boolean;
  /** What was said of it, oldest first. */
  said: Deposit[];
}

/** The evidence path by the rules of deposits (events §2), without evidence: what a receiver is tested against alone. */
export interface EvidenceInMemory extends EvidencePath {
  responses: SourceResponse[];
  events: Map<string, KeptEvent>;
  /** While true, what is handed in waits. */
  isStuck: boolean;
}

export function evidenceInMemory(): EvidenceInMemory {
  const events = new Map<string, KeptEvent>();
  const responses: SourceResponse[] = [];
  const waiting = new Map<string, readonly Deposit[]>();
  const outcomes = new Map<string, Outcome>();
  let count = 0;

  const apply = (deposit: Deposit): Outcome => {
    const id = String(deposit.uuid);
    const event = events.get(id);
    switch (deposit.message_action) {
      case 'delete':
        if (event === undefined) return { kind: 'failed', reason: 'not_found' };
        event.live = false;
        return { kind: 'deleted' };
      case 'restore':
        if (event === undefined) return { kind: 'failed', reason: 'not_found' };
        event.live = true;
        return { kind: 'counts', event: id };
      default:
        if (event === undefined) events.set(id, { live: true, said: [deposit] });
        else if (!event.live) return { kind: 'withheld' };
        else if (JSON.stringify(event.said.at(-1)) !== JSON.stringify(deposit)) event.said.push(deposit);
        return { kind: 'counts', event: id };
    }
  };

  const path: EvidenceInMemory = {
    responses,
    events,
    isStuck: false,
    async keepResponse(response) {
      responses.push(response);
      return `response-${responses.length}`;
    },
    async deposit(deposits) {
      count += 1;
      waiting.set(`deposits-${count}`, deposits);
      return { ok: true, evidence: `deposits-${count}` };
    },
    async outcomeOf(evidence) {
      if (path.isStuck) return null;
      for (const deposit of waiting.get(evidence) ?? []) outcomes.set(evidence, apply(deposit));
      waiting.delete(evidence);
      return outcomes.get(evidence) ?? null;
    },
  };
  return path;
}
