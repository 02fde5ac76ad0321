import type { Sql } from 'postgres';
import * as store from './roller.store.ts';

/** Work-days of one transaction: enough to join by hashes, few enough to hold the lane for about a second. */
const MARKS_AT_ONCE = 50_000;

/** Recomputes what is dirty; one at a time over all processes. */
export interface Roller {
  /** One transaction's worth. `idle`: nothing was dirty; `busy`: another process recomputes. */
  step(): Promise<{ days: number } | 'idle' | 'busy'>;
}

export function createRoller(options: { sql: Sql }): Roller {
  return {
    step: () =>
      options.sql.begin(async (tx) => {
        if (!(await store.takeRollLane(tx))) return 'busy';
        const taken = await store.takeMarks(tx, MARKS_AT_ONCE);
        if (taken === null) return 'idle';
        if (taken.days > 0) {
          await store.recomputeWorkDays(tx, taken.from, taken.until);
          await store.recomputeWorkPeriods(tx);
        }
        await store.recomputeEntities(tx);
        return { days: taken.days };
      }),
  };
}
