import type { Sql, TransactionSql } from 'postgres';
import { recomputeEntities } from './entity-roll-ups.store.ts';
import { createPortion } from './portion.ts';
import * as store from './roller.store.ts';
import { recomputeWorkDays, recomputeWorkPeriods } from './work-roll-ups.store.ts';

/** Marks of one transaction: enough to share the work of their months and years, few enough to end in seconds. */
const DAYS_AT_ONCE = 200_000;
const ENTITY_DAYS_AT_ONCE = 500_000;
/**
 * While evidence keeps coming a step takes as many marks as it recomputes in a tenth of a second, so that who delivers does not
 * wait for a core. Steps of a second made one answer in a hundred wait for half of one at 10,000 events/s on two cores.
 */
const STEP_MS = 100;
const DAYS_UNDER_LOAD = { least: 300, most: 3_000, ms: STEP_MS };
const ENTITY_DAYS_UNDER_LOAD = { least: 100, most: 1_000, ms: STEP_MS };
/** Marks of either sort from which on two transactions at a time share what is to be done: less than that takes 0.2 s. */
const MANY = 4_000;
/**
 * Work-days after which the statistics of the roll-up tables are stale, in however many steps: autovacuum looks only once a
 * minute, and with those of a table that was empty the days of partners took seconds instead of tenths.
 */
const MANY_DAYS = 10_000;
/** People and countries wait this many times as long as their recompute took, while work-days go on being dirty. */
const ENTITY_REST = 10;

/** Recomputes what is dirty; each part of it by one at a time over all processes. */
export interface Roller {
  /** A portion. `idle`: nothing was dirty; `busy`: another process recomputes. */
  step(): Promise<{ days: number } | 'idle' | 'busy'>;
}

export interface RollerOptions {
  sql: Sql;
  now?(): number;
  /** Whether evidence keeps coming. */
  underLoad?(): boolean;
  /** Marks from which on two transactions share them. */
  many?: number;
}

/**
 * Work-days and their works' months, years and totals are recomputed together; people, organisations and countries in
 * the same transaction when that is cheap. While a backlog drains, every round touches most of their days again (a
 * demo of 300,000 events: ten rounds of 2 s), so they wait then for ten times their last cost, or until no work-day is
 * dirty. Their marks are kept, and `dirty` counts them. `underLoad`: evidence keeps coming, so steps are to be small.
 *
 * Much at once is shared by two transactions: first the two halves of the works, then scholars beside partners and countries.
 * A sum that is taken beside a change of its days misses it, but not for long: the change leaves a mark of its own.
 */
export function createRoller(options: RollerOptions): Roller {
  const { sql, many = MANY } = options;
  const underLoad = options.underLoad ?? (() => false);
  const now = options.now ?? (() => performance.now());
  let entitiesEnded = Number.NEGATIVE_INFINITY;
  let entitiesTook = 0;
  let sinceStatistics = 0;
  const daysUnderLoad = createPortion(DAYS_UNDER_LOAD);
  const entityDaysUnderLoad = createPortion(ENTITY_DAYS_UNDER_LOAD);

  const mayRollEntities = (): boolean => now() - entitiesEnded >= ENTITY_REST * entitiesTook;

  function noteEntities(began: number): void {
    entitiesEnded = now();
    entitiesTook = entitiesEnded - began;
  }

  async function refreshStatistics(using: Sql | TransactionSql, days: number): Promise<void> {
    sinceStatistics += days;
    if (sinceStatistics < MANY_DAYS) return;
    await store.refreshStatistics(using);
    sinceStatistics = 0;
  }

  /** Everything in one transaction. */
  function rollTogether(): Promise<{ days: number } | 'idle' | 'busy'> {
    return sql.begin(async (tx) => {
      if (!(await store.takeLanes(tx, store.ALL_LANES))) return 'busy';
      const loaded = underLoad();
      const daysBegan = now();
      const days = await store.takeDays(tx, loaded ? daysUnderLoad.size() : DAYS_AT_ONCE, null);
      if (days !== null) {
        await recomputeWorks(tx, days);
        if (loaded) daysUnderLoad.took(days.days, now() - daysBegan);
        await refreshStatistics(tx, days.days);
        await store.markEntities(tx);
      }
      let entities = 0;
      if (days === null || mayRollEntities()) {
        const began = now();
        const most = loaded ? entityDaysUnderLoad.size() : ENTITY_DAYS_AT_ONCE;
        entities = await store.takeEntities(tx, most, null);
        if (entities > 0) {
          await recomputeEntities(tx);
          noteEntities(began);
          if (loaded) entityDaysUnderLoad.took(entities, entitiesTook);
        }
      }
      return days === null && entities === 0 ? 'idle' : { days: days?.days ?? 0 };
    });
  }

  /** Half of the works; answers how many days there were. */
  function rollHalf(half: store.WorksLane): Promise<number | 'busy'> {
    return sql.begin(async (tx) => {
      if (!(await store.takeLanes(tx, [half]))) return 'busy';
      const days = await store.takeDays(tx, DAYS_AT_ONCE, half);
      if (days === null) return 0;
      await recomputeWorks(tx, days);
      await store.markEntities(tx);
      return days.days;
    });
  }

  function rollEntities(lane: store.EntitiesLane): Promise<number | 'busy'> {
    return sql.begin(async (tx) => {
      if (!(await store.takeLanes(tx, [lane]))) return 'busy';
      const entities = await store.takeEntities(tx, ENTITY_DAYS_AT_ONCE, lane);
      if (entities > 0) await recomputeEntities(tx);
      return entities;
    });
  }

  async function rollApart(): Promise<{ days: number } | 'idle' | 'busy'> {
    const halves = await atOnce(store.WORKS_LANES.map(rollHalf));
    const days = sum(halves);
    await refreshStatistics(sql, days);
    let others: (number | 'busy')[] = [];
    if (days === 0 || mayRollEntities()) {
      const began = now();
      others = await atOnce(store.ENTITIES_LANES.map(rollEntities));
      if (sum(others) > 0) noteEntities(began);
    }
    if (days > 0 || sum(others) > 0) return { days };
    return [...halves, ...others].includes('busy') ? 'busy' : 'idle';
  }

  return {
    async step() {
      const dirty = await store.countDirty(sql, many);
      if (dirty.days === 0 && dirty.entities === 0) return 'idle';
      const isMuch = dirty.days === many || dirty.entities === many;
      return isMuch && !underLoad() ? rollApart() : rollTogether();
    },
  };
}

async function recomputeWorks(tx: TransactionSql, days: { from: string; until: string }): Promise<void> {
  await recomputeWorkDays(tx, days.from, days.until);
  await recomputeWorkPeriods(tx);
}

const sum = (outcomes: (number | 'busy')[]): number =>
  outcomes.reduce<number>((all, one) => all + (one === 'busy' ? 0 : one), 0);

/** Waits for all of them, also when one fails: what still runs holds its lane. */
async function atOnce<T>(parts: Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(parts);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
