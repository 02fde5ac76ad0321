import type { TransactionSql } from 'postgres';
import type { Origin, WorkJoin } from '../works/index.ts';
import { moveAlerts } from './alerts.store.ts';
import { type Event, naturalKey } from './event.ts';
import { markTotalsOf, nextNumbers } from './events.store.ts';
import { findByNaturalKey, findByWorks } from './stored-events.store.ts';
import { writeDifference } from './write-difference.ts';

/**
 * Works became one (specification `events` §1): their events follow without an entry in the feed; of events that say the same
 * now, the earliest stays and each other one is deleted in the feed.
 */
export async function followJoins(tx: TransactionSql, joins: WorkJoin[], origin: Origin): Promise<void> {
  const to = new Map(joins.map((join) => [join.from, join.to]));
  const gone = joins.map((join) => join.from);
  await moveAlerts(tx, joins);
  await markTotalsOf(tx, gone, origin.seq);
  const stored = await findByWorks(tx, gone);
  if (stored.length === 0) return;
  const moved = stored.map((event) => ({
    ...event,
    from: to.get(event.from) ?? event.from,
    to: to.get(event.to) ?? event.to,
  }));
  const before = new Map(stored.map((event) => [event.id, event]));
  const keys = [...new Set(moved.filter(({ state }) => state === 'l').map(naturalKey))];
  const others = (await findByNaturalKey(tx, keys)).filter(({ id }) => !before.has(id));
  for (const event of others) before.set(event.id, event);
  const { change_no: last } = await nextNumbers(tx);
  const { changed, versions, changeNo } = withoutRepeats([...moved, ...others], origin, last);
  const changedIds = new Set(changed.map(({ id }) => id));
  await writeDifference(
    tx,
    {
      before,
      changed: [...moved.filter(({ id }) => !changedIds.has(id)), ...changed],
      versions: versions.map((event) => before.get(event.id) ?? event),
      wiped: new Set(),
      reset: new Set(),
      observed: new Map(),
      holds: [],
      changeNo,
    },
    origin.seq,
  );
}

/** Of live events with one natural key, the earliest stays. */
function withoutRepeats(events: Event[], origin: Origin, last: number) {
  const first = new Map<string, Event>();
  const inOrder = events
    .filter(({ state }) => state === 'l')
    .sort((a, b) => a.createdAt - b.createdAt || a.createdNo - b.createdNo);
  const changed: Event[] = [];
  const versions: Event[] = [];
  let changeNo = last;
  for (const event of inOrder) {
    const key = naturalKey(event);
    if (!first.has(key)) {
      first.set(key, event);
      continue;
    }
    versions.push(event);
    changed.push({
      ...event,
      state: 'm',
      version: event.version + 1,
      changeNo: ++changeNo,
      changedAt: origin.at.getTime(),
      seq: origin.seq,
    });
  }
  return { changed, versions, changeNo };
}
