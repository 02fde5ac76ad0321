import type { TransactionSql } from 'postgres';
import * as store from './events.store.ts';
import { moveCounts } from './feed-counts.store.ts';
import { movesOfCounts } from './feed-counts.ts';
import { appendToLists } from './feed-lists.store.ts';
import { writeFirstTotals } from './first-totals.store.ts';
import { firstTotals, worksOfSources } from './first-totals.ts';
import type { Ledger } from './ledger.ts';
import { MANY_EVENTS } from './roller.store.ts';
import { changesOfTotals } from './touched-totals.ts';

/**
 * Writes what a ledger came to; also for works that were joined and words of operators. `created`: works of which nothing was
 * known before these events.
 */
export async function writeDifference(
  tx: TransactionSql,
  difference: ReturnType<Ledger['difference']>,
  seq: number,
  created: ReadonlySet<number> = new Set(),
): Promise<void> {
  const { before, versions, wiped, reset, observed, changeNo } = difference;
  if (difference.changed.length === 0 && observed.size === 0) return;
  const changed = difference.changed.toSorted((a, b) => a.changeNo - b.changeNo);
  await store.writeEvents(tx, before, changed);
  await appendToLists(
    tx,
    changed.filter(({ id, changeNo: no }) => before.get(id)?.changeNo !== no),
  );
  await moveCounts(tx, movesOfCounts(before, changed));
  await store.writeVersions(tx, versions, wiped);
  await store.writeObservations(tx, observed, reset);
  await store.keepChangeNo(tx, changeNo);
  const { totals, marks } = firstTotals(changesOfTotals(before, changed), created, MANY_EVENTS);
  await writeFirstTotals(tx, totals);
  await store.markDirty(tx, marks, seq);
  await store.moveSources(tx, before, changed, worksOfSources(totals));
}
