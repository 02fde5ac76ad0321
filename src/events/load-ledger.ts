import type { TransactionSql } from 'postgres';
import type { Catalogue } from '../works/index.ts';
import type { AppliedItem } from './applied-item.ts';
import { type Event, isCumulative, naturalKey } from './event.ts';
import * as store from './events.store.ts';
import { createLedger, type Ledger, type Statement } from './ledger.ts';
import * as stored from './stored-events.store.ts';

/** What a deletion or restoring without a uuid is about. */
export interface Pair {
  source: number;
  from: number;
  relation: number;
  to: number;
}

interface Asked {
  items: readonly AppliedItem[];
  /** Of each item, null where it makes none. */
  statements: readonly (Statement | null)[];
  pairs: ReadonlyMap<AppliedItem, Pair>;
  /** Works of which nothing was known before these items. */
  created: ReadonlySet<number>;
}

/** The pairs that deletions and restorings without a uuid are about; works are found for them, never made. */
export async function pairsOf(
  tx: TransactionSql,
  items: readonly AppliedItem[],
  catalogue: Pick<Catalogue, 'find'>,
): Promise<Map<AppliedItem, Pair>> {
  const asked = items.filter(({ deposit }) => deposit.action !== 'create' && !deposit.isNamed);
  const pairs = new Map<AppliedItem, Pair>();
  if (asked.length === 0) return pairs;
  const found = await catalogue.find(
    tx,
    asked.flatMap(({ deposit }) => [...deposit.subject, ...deposit.object]),
  );
  const workOf = (ids: string[]): number | undefined =>
    ids.map((id) => found.get(id)).find((work) => work !== undefined);
  for (const item of asked) {
    const subject = workOf(item.deposit.subject);
    const object = workOf(item.deposit.object);
    if (subject === undefined || object === undefined) continue;
    const [from, to] = item.deposit.relation.isInverse ? [object, subject] : [subject, object];
    pairs.set(item, { source: item.sourceId, from, relation: item.deposit.relation.id, to });
  }
  return pairs;
}

/** The ledger of what is stored of all that some items may meet. */
export async function loadLedger(
  tx: TransactionSql,
  { items, statements, pairs, created }: Asked,
): Promise<Ledger> {
  const ids = new Set(
    items.filter(({ deposit }) => deposit.type === 'relation').map(({ deposit }) => deposit.id),
  );
  const keys = new Set<string>();
  // Of a work that is new no event can be stored.
  for (const statement of statements)
    if (statement !== null && !created.has(statement.from) && !created.has(statement.to))
      keys.add(naturalKey(statement));
  const found = new Map<string, Event>();
  const keep = (events: Event[]): void => {
    for (const event of events) found.set(event.id, event);
  };
  keep(await stored.findEvents(tx, [...ids]));
  keep(await stored.findByNaturalKey(tx, [...keys]));
  keep(await stored.findByPair(tx, [...pairs.values()]));
  // Reviving or giving up one of these needs whoever says the same now.
  const tombstones = [...found.values()].filter(({ state }) => state !== 'l').map(naturalKey);
  keep(
    await stored.findByNaturalKey(
      tx,
      [...new Set(tombstones)].filter((key) => !keys.has(key)),
    ),
  );
  const series = [...found.values()].filter(isCumulative).map(({ id }) => id);
  const { change_no: changeNo } = await store.nextNumbers(tx);
  return createLedger({
    events: [...found.values()],
    observations: await stored.findObservations(tx, series),
    changeNo,
    findsPairs: pairs.size > 0,
  });
}
