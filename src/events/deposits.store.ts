import type { Sql } from 'postgres';
import { type Outcome, outcomeOf } from './outcomes.ts';

// SQL that reads what became of deposits.

export interface Message {
  outcome: Outcome;
  other: string | null;
  reason: string | null;
}

interface MessageRow {
  state: string;
  failed_reason: string | null;
  settled: boolean;
  outcome: string | null;
  other: string | null;
  reason: string | null;
}

/** What became of the last deposit with the id in some evidence; null while it waits or its totals do. */
export async function findMessage(sql: Sql, evidence: string, id: string): Promise<Message | null> {
  const [row] = await sql<MessageRow[]>`
    select e.state, e.reason as failed_reason, m.outcome::text, m.other, m.reason,
      not exists (select from event_dirty d where d.seq <= e.seq) as settled
    from almanac.evidence e
    left join lateral (
      select outcome, other, reason from deposit_messages where id = ${id} and seq = e.seq order by position desc limit 1
    ) m on true
    where e.id = ${evidence}`;
  if (row === undefined) return { outcome: 'failed', other: null, reason: 'the evidence is gone' };
  if (row.state === 'failed') return { outcome: 'failed', other: null, reason: row.failed_reason };
  if (row.state === 'waiting' || !row.settled) return null;
  // A first deposit that made its event leaves no message: the event itself tells of it.
  return row.outcome === null
    ? { outcome: 'added', other: null, reason: null }
    : { outcome: outcomeOf(row.outcome), other: row.other, reason: row.reason };
}
