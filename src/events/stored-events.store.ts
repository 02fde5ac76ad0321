import type { TransactionSql } from 'postgres';
import { listOf } from '../platform/database/index.ts';
import { type PlacedRow, withBodies } from './bodies.store.ts';
import type { Event, EventState } from './event.ts';
import { naturalHash, naturalKey } from './event.ts';
import type { Observation } from './observations.ts';

// SQL of the events as the processor reads them.

interface EventRow extends PlacedRow {
  id: string;
  change_no: number;
  from_work: number;
  to_work: number;
  total: number;
  occurred_at: Date;
  created_at: Date;
  created_no: number;
  changed_at: Date;
  seq: number;
  version: number;
  account_id: number;
  from_prefix: number;
  to_prefix: number;
  from_host: number;
  to_host: number;
  source_id: number;
  relation_id: number;
  flags: number;
  state: EventState;
}

const columns = (tx: TransactionSql) => tx`
  e.id, e.change_no, e.from_work, e.to_work, e.total, e.occurred_at, e.created_at,
  coalesce(e.created_no, e.change_no) as created_no, coalesce(e.changed_at, e.created_at) as changed_at, e.seq, e.version, e.account_id, e.from_prefix, e.to_prefix, e.from_host, e.to_host, e.source_id, e.relation_id, e.flags, e.state::text,
  e.body, e.body_no, e.body_place`;

async function eventsOf(tx: TransactionSql, rows: EventRow[]): Promise<Event[]> {
  return (await withBodies(tx, rows)).map(eventOf);
}

function eventOf(row: EventRow & { body: string }): Event {
  return {
    id: row.id,
    changeNo: row.change_no,
    from: row.from_work,
    to: row.to_work,
    total: row.total,
    occurredAt: row.occurred_at.getTime(),
    createdAt: row.created_at.getTime(),
    createdNo: row.created_no,
    changedAt: row.changed_at.getTime(),
    seq: row.seq,
    version: row.version,
    account: row.account_id,
    fromPrefix: row.from_prefix,
    toPrefix: row.to_prefix,
    fromHost: row.from_host,
    toHost: row.to_host,
    source: row.source_id,
    relation: row.relation_id,
    flags: row.flags,
    state: row.state,
    body: row.body,
    bodyAt: row.body_no === null ? null : { no: row.body_no, place: row.body_place ?? 0 },
  };
}

export async function findEvents(tx: TransactionSql, ids: string[]): Promise<Event[]> {
  if (ids.length === 0) return [];
  const rows = await tx<EventRow[]>`
    select ${columns(tx)} from events e where e.id = any(${listOf(ids)}::uuid[])`;
  return eventsOf(tx, rows);
}

/** Live events of some natural keys. The hash is no proof: what only shares it is left out. */
export async function findByNaturalKey(tx: TransactionSql, keys: string[]): Promise<Event[]> {
  if (keys.length === 0) return [];
  const wanted = new Set(keys);
  const rows = await tx<EventRow[]>`
    select ${columns(tx)} from events e
    where e.natural_key = any(${listOf(keys.map(naturalHash))}::bigint[]) and e.state = 'l'`;
  return (await eventsOf(tx, rows)).filter((event) => wanted.has(naturalKey(event)));
}

/** All events of some pairs of works, whatever their time. */
export async function findByPair(
  tx: TransactionSql,
  pairs: { source: number; from: number; relation: number; to: number }[],
): Promise<Event[]> {
  if (pairs.length === 0) return [];
  const rows = await tx<EventRow[]>`
    select ${columns(tx)} from events e
    where (e.from_work, e.to_work, e.source_id, e.relation_id) in (
      select * from unnest(${pairs.map((p) => p.from)}::bigint[], ${pairs.map((p) => p.to)}::bigint[],
        ${pairs.map((p) => p.source)}::smallint[], ${pairs.map((p) => p.relation)}::smallint[]))`;
  return eventsOf(tx, rows);
}

/** Live and merged events with an end among some works. */
export async function findByWorks(tx: TransactionSql, works: number[]): Promise<Event[]> {
  const rows = await tx<EventRow[]>`
    select ${columns(tx)} from events e
    where e.from_work = any(${works}::bigint[]) or e.to_work = any(${works}::bigint[])
    order by e.change_no`;
  return eventsOf(tx, rows);
}

/** Live events of a work from a source whose decrease is held. */
export async function findHeld(tx: TransactionSql, workId: number, sourceId: number): Promise<Event[]> {
  const rows = await tx<EventRow[]>`
    select ${columns(tx)} from events e
    where (e.to_work = ${workId} or e.from_work = ${workId}) and e.source_id = ${sourceId} and e.state = 'l'
      and e.flags & 8 <> 0
    order by e.change_no`;
  return eventsOf(tx, rows);
}

/** The latest confirmed and all held observations of cumulative events. */
export async function findObservations(
  tx: TransactionSql,
  ids: string[],
): Promise<Map<string, Observation[]>> {
  const found = new Map<string, Observation[]>();
  if (ids.length === 0) return found;
  const rows = await tx<{ id: string; at: Date; no: number; value: number; state: Observation['state'] }[]>`
    select i.id, o.at, o.no, o.value, o.state
    from unnest(${ids}::uuid[]) as i (id)
    cross join lateral (
      (select at, no, value, state::text from event_observations where id = i.id and state = 'c' order by at desc, no desc limit 1)
      union all
      (select at, no, value, state::text from event_observations where id = i.id and state = 'h')
    ) o`;
  for (const { id, at, no, value, state } of rows) {
    const list = found.get(id) ?? [];
    list.push({ at: at.getTime(), no, value, state });
    found.set(id, list);
  }
  return found;
}
