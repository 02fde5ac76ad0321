import type { TransactionSql } from 'postgres';
import { type Catalogue, type Description, originOf } from '../works/index.ts';
import { raiseConflicts, raiseHolds } from './alerts.ts';
import type { AppliedItem } from './applied-item.ts';
import { placeOf } from './deposit-ends.ts';
import { descriptionsOf } from './descriptions.ts';
import { CUMULATIVE, GIVEN_TIME, INVERSE, MOST_SOURCES } from './event.ts';
import * as store from './events.store.ts';
import type { Ledger, Result, Statement } from './ledger.ts';
import { loadLedger, type Pair, pairsOf } from './load-ledger.ts';
import { createNames } from './names.ts';
import { letterOf } from './outcomes.ts';
import { writeDifference } from './write-difference.ts';

const DAY = 86_400_000;

interface Ends {
  subject: number;
  object: number;
}

type EndPlace = ReturnType<typeof placeOf>;
/** Of items that state a relation. */
type Places = Map<AppliedItem, { subject: EndPlace; object: EndPlace }>;

/** Applies deposits to the tables of events, in their order, by statements that take all of them. */
export function createApplier(catalogue: Catalogue) {
  const names = createNames();

  async function apply(tx: TransactionSql, items: AppliedItem[]): Promise<Map<AppliedItem, Result>> {
    const results = new Map<AppliedItem, Result>();
    const places = await learnNames(tx, items);
    const groups: string[][] = [];
    const placesOf = items.map(({ deposit }) => {
      if (deposit.action !== 'create') return { from: groups.length, until: groups.length };
      const from = groups.length;
      groups.push(deposit.subject);
      if (deposit.type === 'relation') groups.push(deposit.object);
      return { from, until: groups.length };
    });
    const works = new Array<number>(groups.length);
    const origin = items[0] === undefined ? null : originOf(items.map(originOfItem));
    let placed = 0;
    let done = 0;
    while (done < items.length) {
      const created = new Set<number>();
      if (origin !== null && placed < groups.length) {
        const found = await catalogue.resolve(tx, groups.slice(placed), origin, { untilJoin: true });
        const gone = new Map(found.joins.map(({ from, to }) => [from, to]));
        for (const [index, work] of works.entries()) works[index] = gone.get(work) ?? work;
        for (let index = 0; index < found.taken; index++) works[placed + index] = found.workIds[index] ?? 0;
        for (const work of found.created) created.add(work);
        const conflicts = found.conflicts.map((conflict) => ({
          ...conflict,
          group: placed + conflict.group,
        }));
        await raiseConflicts(tx, conflicts, (group) =>
          items.find(
            (_, index) => (placesOf[index]?.from ?? 0) <= group && group < (placesOf[index]?.until ?? 0),
          ),
        );
        placed += found.taken;
      }
      // Deposits all of whose ends are placed: as they would be if each were applied alone.
      let until = done;
      while (until < items.length && (placesOf[until]?.until ?? 0) <= placed) until++;
      const part = items.slice(done, until);
      const ends = part.map((_, index) => {
        const from = placesOf[done + index]?.from ?? 0;
        return { subject: works[from] ?? 0, object: works[from + 1] ?? 0 };
      });
      await applyPart(tx, part, { ends, places, created }, results);
      done = until;
    }
    return results;
  }

  async function applyPart(
    tx: TransactionSql,
    items: AppliedItem[],
    { ends, places, created }: { ends: Ends[]; places: Places; created: ReadonlySet<number> },
    results: Map<AppliedItem, Result>,
  ): Promise<void> {
    if (items.length === 0) return;
    const statements = items.map((item, index) =>
      statementOf(item, ends[index] ?? { subject: 0, object: 0 }, places),
    );
    const pairs = await pairsOf(tx, items, catalogue);
    const ledger = await loadLedger(tx, { items, statements, pairs, created });
    const descriptions: Description[] = [];
    const ordinary: { item: AppliedItem; work: number }[] = [];
    for (const [index, item] of items.entries()) {
      const end = ends[index] ?? { subject: 0, object: 0 };
      if (item.deposit.type === 'work') {
        descriptions.push(...descriptionsOf(item, end));
        ordinary.push({ item, work: end.subject });
        continue;
      }
      const result = take(ledger, item, statements[index] ?? null, pairs.get(item) ?? null);
      results.set(item, result);
      if (
        item.deposit.action === 'create' &&
        result.outcome !== 'failed' &&
        result.outcome !== 'ignored_deleted'
      )
        descriptions.push(...descriptionsOf(item, end));
    }
    const [first] = items;
    const changed = await catalogue.describe(
      tx,
      descriptions,
      created,
      new Date(first?.place.processedAt ?? 0),
    );
    for (const { item, work } of ordinary) {
      const outcome = created.has(work) ? 'added' : changed.has(work) ? 'edited' : 'unchanged';
      results.set(item, { outcome });
    }
    await write(tx, ledger, { items, created }, results);
  }

  function take(ledger: Ledger, item: AppliedItem, statement: Statement | null, pair: Pair | null): Result {
    const { deposit, place } = item;
    if (deposit.action === 'create')
      return statement === null
        ? { outcome: 'failed', reason: 'it names no works' }
        : ledger.create(statement, place);
    const isById = deposit.isNamed;
    const wanted = deposit.action === 'delete' ? 'l' : 'd';
    const ids = isById
      ? [deposit.id]
      : pair === null
        ? []
        : ledger.idsOfPair(pair, deposit.occurredAt, place, wanted);
    const outcomes = ids.map((id) => ledger[deposit.action === 'delete' ? 'delete' : 'restore'](id, place));
    return outcomes[0] ?? { outcome: 'not_found' };
  }

  function statementOf(item: AppliedItem, ends: Ends, places: Places): Statement | null {
    const { deposit, place, sourceId, defaultTime } = item;
    const found = places.get(item);
    if (found === undefined) return null;
    const { relation } = deposit;
    const { subject, object } = found;
    const [from, to] = relation.isInverse ? [object, subject] : [subject, object];
    return {
      id: deposit.id,
      from: relation.isInverse ? ends.object : ends.subject,
      to: relation.isInverse ? ends.subject : ends.object,
      total: deposit.total,
      occurredAt: deposit.occurredAt ?? defaultTime,
      account: place.account,
      fromPrefix: names.of('p', from.prefix),
      toPrefix: names.of('p', to.prefix),
      fromHost: names.of('h', from.host),
      toHost: names.of('h', to.host),
      source: sourceId,
      relation: relation.id,
      flags:
        (relation.isInverse ? INVERSE : 0) |
        (deposit.isCumulative ? CUMULATIVE : 0) |
        (deposit.occurredAt === null ? 0 : GIVEN_TIME),
      body: deposit.body,
      bodyAt: null,
    };
  }

  /** Where the feed finds the ends of statements; the numbers of these names are known afterwards. */
  async function learnNames(tx: TransactionSql, items: AppliedItem[]): Promise<Places> {
    const places: Places = new Map();
    const prefixes = new Set<string>();
    const hosts = new Set<string>();
    for (const item of items) {
      const { deposit } = item;
      if (deposit.action !== 'create' || deposit.type !== 'relation') continue;
      const ends = { subject: placeOf(deposit.subject), object: placeOf(deposit.object) };
      places.set(item, ends);
      for (const { prefix, host } of [ends.subject, ends.object]) {
        if (prefix !== null) prefixes.add(prefix);
        if (host !== null) hosts.add(host);
      }
    }
    await names.learn(tx, 'p', prefixes);
    await names.learn(tx, 'h', hosts);
    return places;
  }

  async function write(
    tx: TransactionSql,
    ledger: Ledger,
    { items, created }: { items: AppliedItem[]; created: ReadonlySet<number> },
    results: ReadonlyMap<AppliedItem, Result>,
  ): Promise<void> {
    const difference = ledger.difference();
    await writeDifference(tx, difference, items[0]?.place.seq ?? 0, created);
    const rows = items.flatMap((item) => {
      const result = results.get(item);
      if (result === undefined || (result.outcome === 'added' && item.deposit.type === 'relation')) return [];
      return [messageOf(item, result, ledger.event(item.deposit.id) === undefined)];
    });
    await store.writeMessages(tx, rows);
    await raiseHolds(
      tx,
      difference.holds,
      (place) => items.find((item) => item.place === place)?.agent ?? null,
    );
  }

  return {
    apply,
    async learnAccounts(tx: TransactionSql, accounts: string[]): Promise<void> {
      names.makeRoom();
      await names.learn(tx, 'a', accounts);
    },
    accountOf: (account: string): number => names.of('a', account),
    async noteFailure(tx: TransactionSql, item: AppliedItem, reason: string): Promise<void> {
      await store.writeMessages(tx, [messageOf(item, { outcome: 'failed', reason }, true)]);
    },
    /** That something came from each source, and when. */
    async noteReceipts(tx: TransactionSql, items: AppliedItem[]): Promise<void> {
      const receipts = new Map<number, store.SourceChange>();
      for (const { sourceId, receivedAt } of items) {
        if (sourceId === 0) continue;
        const key = Math.floor(receivedAt.getTime() / DAY) * MOST_SOURCES + sourceId;
        const known = receipts.get(key);
        if (known === undefined || known.receivedAt < receivedAt) receipts.set(key, { sourceId, receivedAt });
      }
      await store.noteReceipts(tx, [...receipts.values()]);
    },
    forget: names.forget,
  };
}

function messageOf(item: AppliedItem, result: Result, alone: boolean): store.MessageRow {
  return {
    id: item.deposit.id,
    seq: item.place.seq,
    position: item.place.position,
    account: item.place.account,
    source: item.sourceId,
    outcome: letterOf(result.outcome),
    alone,
    other: result.other ?? null,
    reason: result.reason ?? null,
  };
}

function originOfItem({ place }: AppliedItem): { processedAt: Date; seq: number } {
  return { processedAt: new Date(place.processedAt), seq: place.seq };
}
