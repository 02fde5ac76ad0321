import { type Event, isCumulative } from './event.ts';
import type { TotalChange } from './events.store.ts';
import { relationCounts } from './relations.ts';

/**
 * The events that totals gain and lose with some that changed. A relation that counts raises its object's total; others are
 * counted for both ends.
 */
export function changesOfTotals(
  before: ReadonlyMap<string, Event>,
  changed: readonly Event[],
): TotalChange[] {
  const changes: TotalChange[] = [];
  const take = (event: Event | undefined, sign: 1 | -1): void => {
    if (event === undefined || event.state !== 'l' || event.from === event.to) return;
    const { from, to, source: sourceId, relation, occurredAt: at, total } = event;
    const counts = relationCounts(relation);
    const one = { sourceId, at, total, sign, isCumulative: isCumulative(event) };
    changes.push({ ...one, workId: to, relationId: counts ? relation : -relation, other: from });
    if (!counts) changes.push({ ...one, workId: from, relationId: relation, other: to });
  };
  for (const event of changed) {
    take(before.get(event.id), -1);
    take(event, 1);
  }
  return changes;
}
