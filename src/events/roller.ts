import type { Sql } from 'postgres';
import { errorCode } from '../platform/database/index.ts';
import { moveTotals, settleRanks } from './moved-totals.store.ts';
import * as store from './roller.store.ts';

/** Marks of one transaction. */
const MARKS_AT_ONCE = 100_000;
/** Totals recomputed since the planner was last told how the tables look; of large tables, a fifth of them. */
const MANY_MARKS = 50_000;
/** Marks taken since their space was given back. */
const SWEPT_MARKS = 100_000;

const SERIALIZATION_FAILURE = '40001';

/** Recomputes totals that are dirty; one at a time over all processes. */
export interface EventRoller {
  /** One transaction's worth; `more`: marks are left. `idle`: nothing was dirty; `busy`: another process recomputes. */
  step(): Promise<{ totals: number; more: boolean } | 'idle' | 'busy'>;
}

export function createEventRoller(sql: Sql): EventRoller {
  let many = MANY_MARKS;
  let since = many;
  let unswept = 0;
  return {
    async step() {
      if (!(await store.isAnythingDirty(sql))) return 'idle';
      try {
        if (unswept >= SWEPT_MARKS) {
          await store.sweepMarks(sql);
          unswept = 0;
        }
        return await sql.begin('isolation level repeatable read', async (tx) => {
          if (!(await store.takeRollLane(tx))) return 'busy';
          if (since >= many) {
            many = Math.max(many, (await store.refreshStatistics(tx)) / 5);
            since = 0;
          }
          const { totals, marks } = await store.takeMarks(tx, MARKS_AT_ONCE);
          if (totals === 0) return 'idle';
          since += totals;
          unswept += marks;
          await store.countWorks(tx, -1);
          const { whole, fresh, moved } = await store.sortTotals(tx);
          if (whole > 0) await store.recomputeTotals(tx);
          if (fresh > 0) await store.beginTotals(tx);
          if (moved > 0) await moveTotals(tx);
          await settleRanks(tx);
          await store.countWorks(tx, 1);
          return { totals, more: await store.isAnythingDirty(tx) };
        });
      } catch (error) {
        // Another process recomputed between this one's first look and its taking the lane.
        if (errorCode(error) === SERIALIZATION_FAILURE) return 'busy';
        throw error;
      }
    },
  };
}
