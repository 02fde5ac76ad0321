import type { Sql } from 'postgres';
import * as store from './roller.store.ts';

/** Marks of one transaction. */
const MARKS_AT_ONCE = 100_000;
/** Marks taken since the planner was last told how the tables look. */
const MANY_MARKS = 50_000;

/** Recomputes totals that are dirty; one at a time over all processes. */
export interface EventRoller {
  /** One transaction's worth. `idle`: nothing was dirty; `busy`: another process recomputes. */
  step(): Promise<{ totals: number } | 'idle' | 'busy'>;
}

export function createEventRoller(sql: Sql): EventRoller {
  let since = MANY_MARKS;
  return {
    async step() {
      if (!(await store.isAnythingDirty(sql))) return 'idle';
      return sql.begin(async (tx) => {
        if (!(await store.takeRollLane(tx))) return 'busy';
        if (since >= MANY_MARKS) {
          await store.refreshStatistics(tx);
          since = 0;
        }
        const totals = await store.takeMarks(tx, MARKS_AT_ONCE);
        if (totals === 0) return 'idle';
        since += totals;
        await store.recomputeTotals(tx);
        return { totals };
      });
    },
  };
}
