import type { TransactionSql } from 'postgres';
import { copyRows, listOf } from '../platform/database/index.ts';
import { dropBodies, writeBodies } from './bodies.store.ts';
import type { BodyPlace, Event } from './event.ts';
import { naturalHash, naturalKey } from './event.ts';
import type { Observation } from './observations.ts';

// SQL of the events as the processor writes them.

/**
 * Replaces the rows of changed events, which are in the order of their changes; all of them go to the end of the table, by COPY.
 * `before`: those that were stored.
 */
export async function writeEvents(
  tx: TransactionSql,
  before: ReadonlyMap<string, Event>,
  events: readonly Event[],
): Promise<void> {
  if (events.length === 0) return;
  const stored = events.flatMap(({ id }) => before.get(id) ?? []);
  if (stored.length > 0)
    await tx`delete from events where id = any(${listOf(stored.map(({ id }) => id))}::uuid[])`;
  const places = await writeBodies(tx, events);
  await copyRows(
    tx,
    `events (id, change_no, natural_key, from_work, to_work, total, occurred_at, created_at, created_no, changed_at, seq, version, account_id,
      from_prefix, to_prefix, from_host, to_host, source_id, relation_id, flags, state, body, body_no, body_place)`,
    events,
    (out, e) => {
      const at = e.bodyAt ?? places.get(e);
      out.uuid(e.id);
      out.int8(e.changeNo);
      out.int8(naturalHash(naturalKey(e)));
      out.int8(e.from);
      out.int8(e.to);
      out.int8(e.total);
      out.time(e.occurredAt);
      out.time(e.createdAt);
      if (e.createdNo === e.changeNo) out.none();
      else out.int8(e.createdNo);
      if (e.changedAt === e.createdAt) out.none();
      else out.time(e.changedAt);
      out.int8(e.seq);
      out.int4(e.version);
      out.int4(e.account);
      out.int4(e.fromPrefix);
      out.int4(e.toPrefix);
      out.int4(e.fromHost);
      out.int4(e.toHost);
      out.int2(e.source);
      out.int2(e.relation);
      out.int2(e.flags);
      out.char(e.state);
      if (at === undefined) {
        out.text(e.body);
        out.none();
        out.none();
      } else {
        out.none();
        out.int8(at.no);
        out.int2(at.place);
      }
    },
  );
  await dropBodies(tx, leftBodies(before, events));
}

/** Places of bodies that changed events had and have no more. */
function leftBodies(before: ReadonlyMap<string, Event>, events: readonly Event[]): BodyPlace[] {
  return events.flatMap(({ id, bodyAt }) => {
    const old = before.get(id)?.bodyAt ?? null;
    return old === null || old === bodyAt ? [] : [old];
  });
}

const iso = (ms: number): string => new Date(ms).toISOString();

export async function writeVersions(
  tx: TransactionSql,
  versions: Event[],
  wiped: ReadonlySet<string>,
): Promise<void> {
  const kept = versions.filter(({ id }) => !wiped.has(id));
  if (kept.length > 0) {
    await tx`
      insert into event_versions (id, version, changed_at, seq, total, occurred_at, state, body)
      select v.id, v.version, v.changed_at::timestamptz, v.seq, v.total, v.occurred_at::timestamptz, v.state::"char", v.body
      from unnest(${kept.map((e) => e.id)}::uuid[], ${kept.map((e) => e.version)}::integer[],
        ${kept.map((e) => iso(e.changedAt))}::text[], ${kept.map((e) => e.seq)}::bigint[], ${kept.map((e) => e.total)}::bigint[],
        ${kept.map((e) => iso(e.occurredAt))}::text[], ${kept.map((e) => e.state)}::text[], ${kept.map((e) => e.body)}::text[])
        as v (id, version, changed_at, seq, total, occurred_at, state, body)`;
  }
  // What a deleted event said is not kept among its versions either.
  if (wiped.size > 0) await tx`delete from event_versions where id = any(${[...wiped]}::uuid[])`;
}

export async function writeObservations(
  tx: TransactionSql,
  observed: ReadonlyMap<string, Observation[]>,
  reset: ReadonlySet<string>,
): Promise<void> {
  if (reset.size > 0) await tx`delete from event_observations where id = any(${[...reset]}::uuid[])`;
  const rows = [...observed].flatMap(([id, list]) => {
    const latest = new Map(list.map((one) => [one.no, one]));
    return [...latest.values()].map((one) => ({ id, ...one }));
  });
  if (rows.length === 0) return;
  await tx`
    insert into event_observations (id, at, no, value, state)
    select o.id, o.at::timestamptz, o.no, o.value, o.state::"char"
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => iso(r.at))}::text[], ${rows.map((r) => r.no)}::bigint[],
      ${rows.map((r) => r.value)}::bigint[], ${rows.map((r) => r.state)}::text[]) as o (id, at, no, value, state)
    on conflict (id, at, no) do update set state = excluded.state`;
}

export interface MessageRow {
  id: string;
  seq: number;
  position: number;
  account: number;
  source: number;
  outcome: string;
  alone: boolean;
  other: string | null;
  reason: string | null;
}

export async function writeMessages(tx: TransactionSql, rows: MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await copyRows(
    tx,
    'deposit_messages (id, seq, position, account_id, source_id, outcome, alone, other, reason)',
    rows,
    (out, row) => {
      out.uuid(row.id);
      out.int8(row.seq);
      out.int4(row.position);
      out.int4(row.account);
      out.int2(row.source);
      out.char(row.outcome);
      out.bool(row.alone);
      if (row.other === null) out.none();
      else out.uuid(row.other);
      if (row.reason === null) out.none();
      else out.text(row.reason);
    },
  );
}

/** One event that a total gains (sign 1) or loses (-1). */
export interface TotalChange {
  workId: number;
  sourceId: number;
  /** Negative: read backwards. */
  relationId: number;
  other: number;
  at: number;
  total: number;
  sign: 1 | -1;
  isCumulative: boolean;
}

/** Marks the totals that changed. */
export async function markDirty(
  tx: TransactionSql,
  changes: readonly TotalChange[],
  seq: number,
): Promise<void> {
  if (changes.length === 0) return;
  await copyRows(
    tx,
    'event_dirty (work_id, source_id, relation_id, seq, other, at, total, sign, cumulative)',
    changes,
    (out, change) => {
      out.int8(change.workId);
      out.int2(change.sourceId);
      out.int2(change.relationId);
      out.int8(seq);
      out.int8(change.other);
      out.time(change.at);
      out.int8(change.total);
      out.int2(change.sign);
      out.bool(change.isCumulative);
    },
  );
}

/** Totals that stand under some works: they are to be recomputed as wholes when the works are gone. */
export async function markTotalsOf(tx: TransactionSql, works: number[], seq: number): Promise<void> {
  await tx`
    insert into event_dirty (work_id, source_id, relation_id, seq)
    select work_id, source_id, relation_id, ${seq} from event_totals where work_id = any(${works}::bigint[])`;
}

export async function nextNumbers(tx: TransactionSql): Promise<{ change_no: number; alert_no: number }> {
  const [row] = await tx<
    { change_no: number; alert_no: number }[]
  >`select change_no, alert_no from events_state`;
  if (row === undefined) throw new Error('the state row of events is missing');
  return row;
}

export async function keepChangeNo(tx: TransactionSql, changeNo: number): Promise<void> {
  await tx`update events_state set change_no = ${changeNo}`;
}

export interface SourceChange {
  sourceId: number;
  receivedAt: Date;
}

/** Moves the counters of sources: live events, works of which there are new totals, and the time of the newest event. */
export async function moveSources(
  tx: TransactionSql,
  before: ReadonlyMap<string, Event>,
  changed: readonly Event[],
  works: ReadonlyMap<number, number>,
): Promise<void> {
  const moves = new Map<number, { events: number; last: number | null }>();
  const move = (event: Event | undefined, by: number): void => {
    if (event === undefined || event.state !== 'l') return;
    const known = moves.get(event.source) ?? { events: 0, last: null };
    moves.set(event.source, {
      events: known.events + by,
      last: by > 0 && (known.last === null || event.occurredAt > known.last) ? event.occurredAt : known.last,
    });
  };
  for (const event of changed) {
    move(before.get(event.id), -1);
    move(event, 1);
  }
  for (const [sourceId, { events, last }] of [...moves].sort(([a], [b]) => a - b)) {
    await tx`
      insert into event_source_counts as c (source_id, events, works, last_event_at)
      values (${sourceId}, ${events}, ${works.get(sourceId) ?? 0}, ${last === null ? null : new Date(last)})
      on conflict (source_id) do update set events = c.events + excluded.events, works = c.works + excluded.works,
        last_event_at = greatest(c.last_event_at, excluded.last_event_at)`;
  }
}

/** Notes when something came from a source. */
export async function noteReceipts(tx: TransactionSql, receipts: readonly SourceChange[]): Promise<void> {
  for (const { sourceId, receivedAt } of receipts) {
    await tx`
      insert into event_source_counts as c (source_id, events, up_to) values (${sourceId}, 0, ${receivedAt})
      on conflict (source_id) do update set up_to = greatest(c.up_to, excluded.up_to)`;
    await tx`
      insert into event_source_days (source_id, day) values (${sourceId}, ${receivedAt.toISOString().slice(0, 10)})
      on conflict do nothing`;
  }
}

/** Numbers of names, made where they are new. */
export async function nameIds(
  tx: TransactionSql,
  kind: 'a' | 'p' | 'h',
  names: string[],
): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const find = () => tx<{ name: string; name_id: number }[]>`
    select name, name_id from event_names where kind = ${kind} and name = any(${names}::text[])`;
  const known = new Map((await find()).map((row) => [row.name, row.name_id]));
  const fresh = names.filter((name) => !known.has(name));
  if (fresh.length === 0) return known;
  await tx`insert into event_names (kind, name) select ${kind}, unnest(${fresh}::text[])`;
  return new Map((await find()).map((row) => [row.name, row.name_id]));
}
