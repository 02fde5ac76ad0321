import type { Sql } from 'postgres';
import { recomputeEntities } from './entity-roll-ups.store.ts';
import * as store from './roller.store.ts';
import { recomputeWorkDays, recomputeWorkPeriods } from './work-roll-ups.store.ts';

/** Marks of one transaction: enough to share the work of their months and years, few enough to end in seconds. */
const DAYS_AT_ONCE = 200_000;
const ENTITY_DAYS_AT_ONCE = 500_000;
/**
 * The same while evidence keeps coming: a tenth of a second each, so that who delivers does not wait for a core. Steps of
 * seconds made one answer in a hundred wait for more than a second at 10,000 events/s on two cores.
 */
const DAYS_AT_ONCE_UNDER_LOAD = 3_000;
const ENTITY_DAYS_AT_ONCE_UNDER_LOAD = 1_000;
/**
 * Work-days after which the statistics of the roll-up tables are stale, in however many steps: autovacuum looks only once a
 * minute, and with those of a table that was empty the days of partners took seconds instead of tenths.
 */
const MANY_DAYS = 10_000;
/** People and countries wait this many times as long as their recompute took, while work-days go on being dirty. */
const ENTITY_REST = 10;

/** Recomputes what is dirty; one at a time over all processes. */
export interface Roller {
  /** One transaction's worth. `idle`: nothing was dirty; `busy`: another process recomputes. */
  step(): Promise<{ days: number } | 'idle' | 'busy'>;
}

/**
 * Work-days and their works' months, years and totals are recomputed together; people, organisations and countries in
 * the same transaction when that is cheap. While a backlog drains, every round touches most of their days again (a
 * demo of 300,000 events: ten rounds of 2 s), so they wait then for ten times their last cost, or until no work-day is
 * dirty. Their marks are kept, and `dirty` counts them. `underLoad`: evidence keeps coming, so steps are to be small.
 */
export function createRoller(options: { sql: Sql; now?: () => number; underLoad?: () => boolean }): Roller {
  const underLoad = options.underLoad ?? (() => false);
  const now = options.now ?? (() => performance.now());
  let entitiesEnded = Number.NEGATIVE_INFINITY;
  let entitiesTook = 0;
  let sinceStatistics = 0;
  return {
    async step() {
      if (!(await store.isAnythingDirty(options.sql))) return 'idle';
      return options.sql.begin(async (tx) => {
        if (!(await store.takeRollLane(tx))) return 'busy';
        const loaded = underLoad();
        const days = await store.takeDays(tx, loaded ? DAYS_AT_ONCE_UNDER_LOAD : DAYS_AT_ONCE);
        if (days !== null) {
          await recomputeWorkDays(tx, days.from, days.until);
          await recomputeWorkPeriods(tx);
          sinceStatistics += days.days;
          if (sinceStatistics >= MANY_DAYS) {
            await store.refreshStatistics(tx);
            sinceStatistics = 0;
          }
          await store.markEntities(tx);
        }
        let entities = 0;
        const began = now();
        if (days === null || began - entitiesEnded >= ENTITY_REST * entitiesTook) {
          entities = await store.takeEntities(
            tx,
            loaded ? ENTITY_DAYS_AT_ONCE_UNDER_LOAD : ENTITY_DAYS_AT_ONCE,
          );
          if (entities > 0) {
            await recomputeEntities(tx);
            entitiesEnded = now();
            entitiesTook = entitiesEnded - began;
          }
        }
        if (days === null && entities === 0) return 'idle';
        return { days: days?.days ?? 0 };
      });
    },
  };
}
