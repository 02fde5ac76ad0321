import type { Sql } from 'postgres';
import { bodyColumns, type JoinedRow, joinBodies, readBodies } from './bodies.store.ts';
import type { EventState } from './event.ts';
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

/**
 * What became of the last deposit with the id in some evidence; null while it waits, or the totals of its own works do: those
 * of others, which are never all settled under a constant load, do not keep it.
 */
export async function findMessage(sql: Sql, evidence: string, id: string): Promise<Message | null> {
  const [row] = await sql<MessageRow[]>`
    select e.state, e.reason as failed_reason, m.outcome::text, m.other, m.reason,
      not exists (
        select from event_dirty d
        where d.seq <= e.seq and exists (select from events v where v.id = ${id} and d.work_id in (v.from_work, v.to_work))
      ) as settled
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

/** The latest that is known of an applied deposit, as far as it stands in tables. */
export interface DepositRow {
  id: string;
  /** Of the message that was applied last. */
  seq: number;
  evidence: string;
  account: string;
  source: string | null;
  is_private: boolean;
  settled: boolean;
  applied_at: Date;
  /** Null: the event was added by it, and it says what was deposited. */
  position: number | null;
  outcome: string | null;
  other: string | null;
  reason: string | null;
  change_no: number | null;
  version: number | null;
  created_at: Date | null;
  event_state: EventState | null;
  event_total: number | null;
  event_occurred_at: Date | null;
  flags: number | null;
  relation_id: number | null;
  body: string | null;
}

type StoredRow = Omit<DepositRow, 'body'> & JoinedRow;

/** Rows with the bodies of their events, where they have one. */
function bodied(rows: StoredRow[]): DepositRow[] {
  const found = readBodies(rows.filter(({ change_no: no }) => no !== null));
  const byChange = new Map(found.map((row) => [row.change_no, row]));
  return rows.map((row) => byChange.get(row.change_no) ?? { ...row, body: null });
}

const columns = (sql: Sql) => sql`
  v.id as evidence, n.name as account, s.name as source, coalesce(s.private, false) as is_private,
  not exists (select from event_dirty d where d.seq <= v.seq) as settled, v.processed_at as applied_at, v.seq`;

const eventColumns = (sql: Sql) => sql`
  e.change_no, e.version, e.created_at, e.state::text as event_state, e.total as event_total,
  e.occurred_at as event_occurred_at, e.flags, e.relation_id, ${bodyColumns(sql)}`;

/** Of an id that several accounts used, what the asking one sent, else what its owner sent. */
export async function findDeposit(sql: Sql, id: string, account: string | null): Promise<DepositRow | null> {
  const rows = await sql<StoredRow[]>`
    with own as (
      select coalesce(
        (select m.account_id from deposit_messages m join event_names a on a.name_id = m.account_id
          where m.id = ${id} and a.kind = 'a' and a.name = ${account} limit 1),
        (select account_id from events where id = ${id})) as account_id
    ), message as (
      select m.* from deposit_messages m cross join own
      where m.id = ${id} and (own.account_id is null or m.account_id = own.account_id)
      order by m.seq desc, m.position desc limit 1
    ), found as (
      select ${id}::uuid as id, coalesce(m.seq, e.seq) as found_seq, m.position, m.outcome::text, m.other, m.reason,
        coalesce(m.account_id, e.account_id) as account_id, coalesce(nullif(m.source_id, 0), e.source_id) as source_id,
        ${eventColumns(sql)}
      from (select 1) one
      left join message m on true
      left join events e on e.id = ${id}
      ${joinBodies(sql)}
      where m.id is not null or e.id is not null
    )
    select f.*, ${columns(sql)}
    from found f
    join almanac.evidence v on v.seq = f.found_seq
    join event_names n on n.name_id = f.account_id
    left join almanac.event_sources s on s.source_id = f.source_id`;
  const [row] = bodied(rows);
  return row ?? null;
}

export interface ListFilter {
  sourceId: number | null;
  accountId: number | null;
  /** Only what failed. */
  isFailed: boolean;
  /** Done: all totals are recomputed; working: they are not. */
  settled: boolean | null;
  viewer: { account: string | null; isOperator: boolean };
}

export interface ListPosition {
  changeNo: number;
  seq: number;
  position: number;
}

const visible = (sql: Sql, { viewer }: ListFilter) =>
  viewer.isOperator ? sql`true` : sql`(not coalesce(s.private, false) or n.name = ${viewer.account})`;

const inState = (sql: Sql, { settled }: ListFilter) => {
  const first = sql`coalesce((select min(seq) from event_dirty), 9223372036854775807)`;
  if (settled === null) return sql`true`;
  return settled ? sql`v.seq < ${first}` : sql`v.seq >= ${first}`;
};

/** Deposits that made the events there are, in the order of their last change. */
export async function listEventDeposits(
  sql: Sql,
  filter: ListFilter,
  { changeNo }: ListPosition,
  limit: number,
): Promise<DepositRow[]> {
  const rows = await sql<StoredRow[]>`
    select e.id, m.position, m.outcome::text, m.other, m.reason, ${eventColumns(sql)}, ${columns(sql)}
    from events e
    ${joinBodies(sql)}
    join almanac.evidence v on v.seq = e.seq
    join event_names n on n.name_id = e.account_id
    join almanac.event_sources s on s.source_id = e.source_id
    left join lateral (
      select * from deposit_messages m where m.id = e.id and m.account_id = e.account_id and m.seq = e.seq
      order by m.position desc limit 1
    ) m on true
    where e.change_no > ${changeNo}
      ${filter.sourceId === null ? sql`` : sql`and e.source_id = ${filter.sourceId}`}
      ${filter.accountId === null ? sql`` : sql`and e.account_id = ${filter.accountId}`}
      and ${visible(sql, filter)} and ${inState(sql, filter)}
    order by e.change_no limit ${limit}`;
  return bodied(rows);
}

/** Deposits without an event of their own, and those that failed, in the order of applying. */
export function listMessages(
  sql: Sql,
  filter: ListFilter,
  { seq, position }: ListPosition,
  limit: number,
): Promise<DepositRow[]> {
  return sql<DepositRow[]>`
    select m.id, m.position, m.outcome::text, m.other, m.reason, null::bigint as change_no, null::integer as version,
      null::timestamptz as created_at, null::text as event_state, null::bigint as event_total,
      null::timestamptz as event_occurred_at, null::smallint as flags, null::smallint as relation_id, null::text as body,
      ${columns(sql)}
    from deposit_messages m
    join almanac.evidence v on v.seq = m.seq
    join event_names n on n.name_id = m.account_id
    left join almanac.event_sources s on s.source_id = m.source_id
    where (m.alone or m.outcome = 'f') and (m.seq, m.position) > (${seq}, ${position})
      ${filter.isFailed ? sql`and m.outcome = 'f'` : sql``}
      ${filter.sourceId === null ? sql`` : sql`and m.source_id = ${filter.sourceId}`}
      ${filter.accountId === null ? sql`` : sql`and m.account_id = ${filter.accountId}`}
      and ${visible(sql, filter)} and ${inState(sql, filter)}
    order by m.seq, m.position limit ${limit}`;
}

export interface WaitingRow {
  id: string;
  account: string;
  received_at: Date;
  accepted_no: number;
  restricted: boolean;
}

export function listWaitingDeliveries(
  sql: Sql,
  account: string | null,
  fromNo: number,
  limit: number,
): Promise<WaitingRow[]> {
  return sql<WaitingRow[]>`
    select id, account, received_at, accepted_no, restricted from almanac.evidence
    where kind = 'deposits' and state = 'waiting' and accepted_no >= ${fromNo}
      ${account === null ? sql`` : sql`and account = ${account}`}
    order by accepted_no limit ${limit}`;
}

/** How many deposits wait; from an index that holds only what waits. */
export async function countWaiting(sql: Sql, account: string | null): Promise<number> {
  const [row] = await sql<{ waiting: number }[]>`
    select coalesce(sum(items), 0)::bigint as waiting from almanac.evidence
    where kind = 'deposits' and state = 'waiting' ${account === null ? sql`` : sql`and account = ${account}`}`;
  return row?.waiting ?? 0;
}

export async function isAnyWaiting(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ waiting: boolean }[]>`
    select exists (select from almanac.evidence where kind = 'deposits' and state = 'waiting') as waiting`;
  return row?.waiting ?? false;
}

/** The first evidence whose totals are not all recomputed; null when there is none. */
export async function firstUnsettled(sql: Sql): Promise<number | null> {
  const [row] = await sql<{ seq: number }[]>`select seq from event_dirty order by seq limit 1`;
  return row?.seq ?? null;
}

/** The change before the first one that an evidence or a later one made. */
export async function changeBeforeSeq(sql: Sql, seq: number): Promise<number> {
  const [state] = await sql<{ change_no: number }[]>`select change_no from events_state`;
  let low = 0;
  let high = state?.change_no ?? 0;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [row] = await sql<{ change_no: number; seq: number }[]>`
      select change_no, seq from events where change_no > ${middle} order by change_no limit 1`;
    if (row === undefined || row.seq >= seq) high = middle;
    else low = Math.max(middle + 1, row.change_no);
  }
  return low;
}
