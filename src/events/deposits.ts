import type { Sql } from 'postgres';
import { eachItemOf, type OpenedDelivery, openDelivery } from './deliveries.store.ts';
import { type DepositState, depositAnswer, waitingAnswer } from './deposit-answer.ts';
import * as store from './deposits.store.ts';
import { findWaiting } from './waiting.ts';

export interface Viewer {
  account: string | null;
  isOperator: boolean;
}

export interface FoundDeposit {
  deposit: Record<string, unknown>;
  account: string;
}

/** One deposit by its id, at its latest message; null when there is none that the viewer may see. */
export async function readDepositOf(sql: Sql, id: string, viewer: Viewer): Promise<FoundDeposit | null> {
  if (await store.isAnyWaiting(sql)) {
    const waiting = await findWaiting(sql, id);
    // Somebody else's message on the id says nothing of the event before it is judged.
    if (
      waiting !== null &&
      (viewer.account === null ||
        waiting.delivery.account === viewer.account ||
        !(await store.findDeposit(sql, id, viewer.account)))
    ) {
      const { delivery, raw } = waiting;
      return { deposit: waitingAnswer(id, raw, delivery), account: delivery.account };
    }
  }
  const row = await store.findDeposit(sql, id, viewer.account);
  if (row === null || (row.is_private && !viewer.isOperator && row.account !== viewer.account)) return null;
  return { deposit: depositAnswer(row, await rawOf(sql, row, new Map())), account: row.account };
}

/** What a message said stands in the kept delivery. */
async function rawOf(
  sql: Sql,
  { evidence, position, outcome }: store.DepositRow,
  opened: Map<string, OpenedDelivery | null>,
): Promise<unknown> {
  if (position === null || outcome === null) return null;
  if (!opened.has(evidence)) opened.set(evidence, await openDelivery(sql, evidence));
  return opened.get(evidence)?.raw(position) ?? null;
}

export interface DepositPage {
  deposits: Record<string, unknown>[];
  next: [phase: number, a: number, b: number, c: number] | null;
}

export interface DepositsQuestion {
  state: DepositState | null;
  source: { id: number; name: string } | null;
  account: { id: number; name: string } | null;
  viewer: Viewer;
}

/** A page of deposits: applied ones in the order of applying, then those that wait. */
export async function listDeposits(
  sql: Sql,
  question: DepositsQuestion,
  after: readonly number[],
  size: number,
): Promise<DepositPage> {
  const [phase = question.state === 'waiting' ? 1 : 0, a = 0, b = 0, c = 0] = after;
  if (phase === 1) return listWaiting(sql, question, a, b, size);
  const page = await listApplied(sql, question, { changeNo: a, seq: b, position: c }, size);
  if (page.next !== null || question.state !== null) return page;
  const rest = size - page.deposits.length;
  if (rest === 0) return { ...page, next: [1, 0, 0, 0] };
  const waiting = await listWaiting(sql, question, 0, 0, rest);
  return { deposits: [...page.deposits, ...waiting.deposits], next: waiting.next };
}

async function listApplied(
  sql: Sql,
  question: DepositsQuestion,
  from: store.ListPosition,
  size: number,
): Promise<DepositPage> {
  const filter: store.ListFilter = {
    sourceId: question.source?.id ?? null,
    accountId: question.account?.id ?? null,
    isFailed: question.state === 'failed',
    settled: question.state === 'done' ? true : question.state === 'working' ? false : null,
    viewer: question.viewer,
  };
  if (question.state === 'working') {
    const first = await store.firstUnsettled(sql);
    if (first === null) return { deposits: [], next: null };
    // Changes carry the numbers of their evidence in the same order.
    from = {
      ...from,
      changeNo: Math.max(from.changeNo, await store.changeBeforeSeq(sql, first)),
      ...(from.seq < first ? { seq: first, position: 0 } : {}),
    };
  }
  const [events, messages] = await Promise.all([
    filter.isFailed ? [] : store.listEventDeposits(sql, filter, from, size + 1),
    store.listMessages(sql, filter, from, size + 1),
  ]);
  const rows = [...events, ...messages].sort((x, y) => x.seq - y.seq || placeOf(x) - placeOf(y));
  const page = rows.slice(0, size);
  const opened = new Map<string, OpenedDelivery | null>();
  const deposits: Record<string, unknown>[] = [];
  const next = { ...from };
  for (const row of page) {
    if (row.change_no === null) {
      next.seq = row.seq;
      next.position = row.position ?? 0;
    } else next.changeNo = row.change_no;
    deposits.push(depositAnswer(row, await rawOf(sql, row, opened)));
  }
  const more = rows.length > size;
  return { deposits, next: more ? [0, next.changeNo, next.seq, next.position] : null };
}

/** Within one delivery events come first, each kind in its own order. */
const placeOf = (row: store.DepositRow): number => (row.change_no === null ? 1e9 + (row.position ?? 0) : 0);

const DELIVERIES_AT_ONCE = 20;

async function listWaiting(
  sql: Sql,
  { source, account, viewer }: DepositsQuestion,
  fromNo: number,
  afterPosition: number,
  size: number,
): Promise<DepositPage> {
  const deposits: Record<string, unknown>[] = [];
  let next = fromNo;
  let skip = afterPosition;
  for (;;) {
    const page = await store.listWaitingDeliveries(sql, account?.name ?? null, next, DELIVERIES_AT_ONCE);
    for (const delivery of page) {
      if (delivery.accepted_no !== fromNo) skip = 0;
      next = delivery.accepted_no + 1;
      if (delivery.restricted && !viewer.isOperator && viewer.account !== delivery.account) continue;
      const opened = await openDelivery(sql, delivery.id);
      if (opened === null) continue;
      for (const { position, deposit } of eachItemOf(opened)) {
        if (position <= skip || (source !== null && deposit.source !== source.name)) continue;
        if (deposits.length === size) return { deposits, next: [1, delivery.accepted_no, skip, 0] };
        deposits.push(waitingAnswer(deposit.id, opened.raw(position), delivery));
        skip = position;
      }
      skip = 0;
    }
    if (page.length < DELIVERIES_AT_ONCE) return { deposits, next: null };
  }
}
