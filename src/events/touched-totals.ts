import type { Event } from './event.ts';
import type { DirtyKey } from './events.store.ts';
import { relationCounts } from './relations.ts';

/** The totals that changed events can have moved: those they counted for, and those they count for now. */
export function touchedTotals(before: ReadonlyMap<string, Event>, changed: readonly Event[]): DirtyKey[] {
  const keys = new Map<string, DirtyKey>();
  const mark = (workId: number, sourceId: number, relationId: number): void => {
    keys.set(`${workId} ${sourceId} ${relationId}`, { workId, sourceId, relationId });
  };
  for (const event of changed) {
    for (const state of [before.get(event.id), event]) {
      if (state === undefined || state.state !== 'l' || state.from === state.to) continue;
      mark(state.to, state.source, relationCounts(state.relation) ? state.relation : -state.relation);
      if (!relationCounts(state.relation)) mark(state.from, state.source, state.relation);
    }
  }
  return [...keys.values()];
}
