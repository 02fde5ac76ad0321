import { setImmediate } from 'node:timers/promises';
import type { TransactionSql } from 'postgres';
import type { AppliedEvidence, EvidenceKind, Params } from '../evidence/index.ts';
import { isTransient } from '../platform/database/index.ts';
import type { Catalogue } from '../works/index.ts';
import type { AppliedItem } from './applied-item.ts';
import { createApplier } from './apply.ts';
import { type Deposit, readDeposit } from './deposit.ts';
import type { Result } from './ledger.ts';
import { OUTCOMES } from './outcomes.ts';
import { listSources } from './sources.store.ts';

/** One accepted deposit of a delivery. */
export interface Item {
  /** From 1, counting rejected ones. */
  position: number;
  deposit: Deposit;
}

export interface DepositsKind extends EvidenceKind<Item[]> {
  forget(): void;
}

/** Deliveries of deposits: read once more, and applied one after the other (specification `events` §2). */
export function createDepositsKind(catalogue: Catalogue): DepositsKind {
  const applier = createApplier(catalogue);

  /** Applies items together; what cannot be applied is found by halving and set aside, so that the others go on. */
  async function apply(tx: TransactionSql, items: AppliedItem[], results: Map<AppliedItem, Result>) {
    try {
      const done = await tx.savepoint((inner) => applier.apply(inner, items));
      for (const [item, result] of done) results.set(item, result);
    } catch (error) {
      if (isTransient(error)) throw error;
      applier.forget();
      catalogue.forget();
      const [first] = items;
      if (first === undefined) return;
      if (items.length === 1) {
        const reason = error instanceof Error ? error.message : String(error);
        results.set(first, { outcome: 'failed', reason: reason.slice(0, 500), isSetAside: true });
        await applier.noteFailure(tx, first, reason.slice(0, 500));
        return;
      }
      const middle = Math.ceil(items.length / 2);
      await apply(tx, items.slice(0, middle), results);
      await apply(tx, items.slice(middle), results);
    }
  }

  return {
    kind: 'deposits',
    prepare: readItems,
    forget: applier.forget,
    async apply(tx, batch) {
      const sources = new Map((await listSources(tx)).map((source) => [source.name, source.source_id]));
      await applier.learnAccounts(
        tx,
        batch.map(({ account }) => account),
      );
      const items = batch.flatMap((evidence) =>
        itemsOf(evidence, sources, applier.accountOf(evidence.account)),
      );
      const results = new Map<AppliedItem, Result>();
      const again = items.filter(({ failedBefore }) => failedBefore !== undefined);
      for (const item of again) {
        results.set(item, { outcome: 'failed', reason: item.failedBefore ?? '', isSetAside: true });
        await applier.noteFailure(tx, item, item.failedBefore ?? '');
      }
      await apply(
        tx,
        items.filter(({ failedBefore }) => failedBefore === undefined),
        results,
      );
      await applier.noteReceipts(tx, items);
      const bySeq = Map.groupBy(items, ({ place }) => place.seq);
      return batch.map(({ seq }) => tallyOf(bySeq.get(seq) ?? [], results));
    },
  };
}

/** Read between two looks at what else is to be done: while PostgreSQL applies one delivery, the next ones are read. */
const ITEMS_AT_ONCE = 100;

/** The accepted deposits of a kept body; `params` say what accepting knew. */
export async function readItems(payload: Buffer, params: Params): Promise<Item[]> {
  const items: Item[] = [];
  for (const item of eachItem(payload, params)) {
    items.push(item);
    if (items.length % ITEMS_AT_ONCE === 0) await setImmediate();
  }
  return items;
}

/** The same, one after the other: who wants a few reads no more. */
export function* eachItem(payload: Buffer, params: Params): Generator<Item> {
  const body = JSON.parse(payload.toString('utf8')) as { deposit?: unknown; deposits?: unknown[] };
  const skipped = new Set(
    String(params.skip ?? '')
      .split(',')
      .map(Number),
  );
  const cumulative = new Set(Array.isArray(params.cumulative) ? params.cumulative : []);
  const sources = {
    get: (name: string) => ({ cumulative: cumulative.has(name), state: 'active' }),
    keys: () => [] as string[],
  };
  // Accepting judged the time by its own clock.
  const context = { account: String(params.account), now: Number.MAX_SAFE_INTEGER, judges: false, sources };
  for (const [index, item] of (body.deposits ?? [body.deposit]).entries()) {
    if (skipped.has(index + 1)) continue;
    const read = readDeposit(item, context);
    if (!read.ok) throw new Error(`the deposit at position ${index + 1} was accepted and cannot be read`);
    yield { position: index + 1, deposit: read.deposit };
  }
}

function itemsOf(
  evidence: AppliedEvidence<Item[]>,
  sources: ReadonlyMap<string, number>,
  account: number,
): AppliedItem[] {
  const { params, receivedAt, processedAt, seq } = evidence;
  const failed = new Map(
    ((evidence.recorded?.failed_items ?? []) as { position: number; reason: string }[]).map((one) => [
      one.position,
      one.reason,
    ]),
  );
  const observedAt = typeof params.observed_at === 'string' ? Date.parse(params.observed_at) : null;
  const agent = typeof params.agent === 'string' ? params.agent : /^agent:(.+)$/.exec(evidence.account)?.[1];
  return evidence.prepared.map(({ position, deposit }) => ({
    deposit,
    sourceId: sources.get(deposit.source ?? '') ?? 0,
    agent: agent ?? null,
    receivedAt,
    defaultTime: Math.floor((observedAt ?? receivedAt.getTime()) / 1000) * 1000,
    place: {
      seq,
      position,
      processedAt: processedAt.getTime(),
      account,
      isOperator: params.operator === true,
    },
    ...(failed.has(position) ? { failedBefore: failed.get(position) ?? '' } : {}),
  }));
}

/** How many of each outcome; and which were set aside, so that a replay leaves them out as well. */
function tallyOf(items: AppliedItem[], results: ReadonlyMap<AppliedItem, Result>): Record<string, unknown> {
  const tally: Record<string, unknown> = {};
  for (const outcome of OUTCOMES) tally[outcome] = 0;
  const failed: { position: number; reason: string }[] = [];
  for (const item of items) {
    const result = results.get(item);
    if (result === undefined) continue;
    tally[result.outcome] = Number(tally[result.outcome]) + 1;
    // What the rules refuse is refused again in a replay; what the database did is not left to chance.
    if (result.isSetAside) failed.push({ position: item.place.position, reason: result.reason ?? '' });
  }
  return failed.length === 0 ? tally : { ...tally, failed_items: failed };
}
