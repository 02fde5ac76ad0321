import type { Sql, TransactionSql } from 'postgres';

// SQL of the alerts.

export interface AlertRow {
  id: string;
  no: number;
  class: string;
  level: string;
  source_id: number;
  agent: string | null;
  work_id: number;
  event: string | null;
  from_value: number | null;
  to_value: number | null;
  count: number;
  incident: string;
  state: 'open' | 'confirmed' | 'rejected' | 'resolved';
  message: string;
  first_seen: Date;
  last_seen: Date;
}

export type NewAlert = Omit<AlertRow, 'no' | 'count' | 'state' | 'first_seen' | 'last_seen' | 'id'> & {
  at: Date;
  /** Makes the id from the alert's number. */
  idOf(no: number): string;
};

/** Opens an alert; one of its class, source, agent and work that is open is counted up. */
export async function raiseAlert(tx: TransactionSql, alert: NewAlert): Promise<void> {
  const repeated = await tx`
    update alerts set count = count + 1, last_seen = ${alert.at}, event = ${alert.event}, from_value = ${alert.from_value},
      to_value = ${alert.to_value}, message = ${alert.message}
    where state = 'open' and class = ${alert.class} and source_id = ${alert.source_id} and work_id = ${alert.work_id}
      and agent is not distinct from ${alert.agent}
    returning id`;
  if (repeated.length > 0) return;
  const [state] = await tx<{ alert_no: number }[]>`
    update events_state set alert_no = alert_no + 1 returning alert_no`;
  const no = state?.alert_no ?? 0;
  await tx`
    insert into alerts (id, no, class, level, source_id, agent, work_id, event, from_value, to_value, count, incident, state, message, first_seen, last_seen)
    values (${alert.idOf(no)}, ${no}, ${alert.class}, ${alert.level}, ${alert.source_id}, ${alert.agent}, ${alert.work_id}, ${alert.event},
      ${alert.from_value}, ${alert.to_value}, 1, ${alert.incident}, 'open', ${alert.message}, ${alert.at}, ${alert.at})`;
}

/** Ends the open decreases of a work from a source, unless another of its events is held still. */
export async function settleDecrease(
  tx: TransactionSql,
  workId: number,
  sourceId: number,
  state: 'resolved' | 'confirmed',
  at: Date,
): Promise<void> {
  await tx`
    update alerts set state = ${state}, last_seen = ${at}
    where state = 'open' and class = 'count_decreased' and work_id = ${workId} and source_id = ${sourceId}
      and not exists (
        select from events e
        where e.to_work = ${workId} and e.source_id = ${sourceId} and e.state = 'l' and e.flags & 8 <> 0)`;
}

export async function closeAlert(
  tx: TransactionSql,
  id: string,
  state: 'confirmed' | 'rejected',
  at: Date,
): Promise<AlertRow | null> {
  const [row] = await tx<AlertRow[]>`
    update alerts set state = ${state}, last_seen = ${at} where id = ${id} and state = 'open' returning *`;
  return row ?? null;
}

/** Alerts of works that are gone belong to those they were joined into. */
export async function moveAlerts(tx: TransactionSql, pairs: { from: number; to: number }[]): Promise<void> {
  await tx`
    update alerts a set work_id = m.new_id
    from unnest(${pairs.map((p) => p.from)}::bigint[], ${pairs.map((p) => p.to)}::bigint[]) as m (old_id, new_id)
    where a.work_id = m.old_id`;
}

export interface ShownAlert extends AlertRow {
  source: string | null;
  work: string | null;
}

export interface AlertQuestion {
  state?: string | undefined;
  class?: string | undefined;
  source?: number | undefined;
  agent?: string | undefined;
  work?: number | undefined;
  id?: string | undefined;
}

export function listAlerts(
  sql: Sql,
  asked: AlertQuestion,
  afterNo: number,
  limit: number,
): Promise<ShownAlert[]> {
  return sql<ShownAlert[]>`
    select a.*, s.name as source, w.canonical_id as work
    from alerts a
    left join almanac.event_sources s using (source_id)
    left join works w using (work_id)
    where a.no > ${afterNo}
      and (${asked.state ?? null}::text is null or a.state = ${asked.state ?? null})
      and (${asked.class ?? null}::text is null or a.class = ${asked.class ?? null})
      and (${asked.source ?? null}::smallint is null or a.source_id = ${asked.source ?? null})
      and (${asked.agent ?? null}::text is null or a.agent = ${asked.agent ?? null})
      and (${asked.work ?? null}::bigint is null or a.work_id = ${asked.work ?? null})
      and (${asked.id ?? null}::uuid is null or a.id = ${asked.id ?? null})
    order by a.no
    limit ${limit}`;
}
