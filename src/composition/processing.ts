import { createEventRoller } from '../events/index.ts';
import { createProcessor, type Loop, runLoop } from '../evidence/index.ts';
import { isTransient, type Sql } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createRoller, type RobotsList } from '../usage/index.ts';
import { enqueueLookups } from '../works/index.ts';
import { composeDerivation } from './derivation.ts';

/** How long a process may not notice what another one accepted. */
const POLL_MS = 150;
/**
 * While evidence keeps coming the roller rests five times as long as it worked, up to this: the same days, months and
 * years are marked again and again then, and one recompute serves them all. Figures are that much behind under a load
 * that never ends; with the last of a backlog it starts at once.
 */
const LONGEST_REST_MS = 10_000;
const REST = 5;
/** A backlog counts as drained when nothing has come for this long: a client takes some time between two deliveries. */
const DRAINED_MS = 150;

export interface ProcessingOptions {
  sql: Sql;
  robots: RobotsList;
  log: Log;
  now(): number;
  /** Whether unknown works are asked for at the remote catalogue. */
  lookups: boolean;
}

/** Applies evidence and recomputes roll-ups until it is stopped. Any number may run, in any number of processes. */
export function startProcessing({ sql, robots, log, now, lookups }: ProcessingOptions): Loop {
  const derivation = composeDerivation({
    robots,
    onUnknownWorks: async (tx, workIds, at) => {
      if (lookups) await enqueueLookups(tx, workIds, at);
    },
  });
  const processor = createProcessor({ sql, derivation, log, now, isTransient });
  /** Whether evidence was applied a moment ago. */
  let coming = false;
  const pauseMs = (took: number): number => (coming ? Math.min(REST * took, LONGEST_REST_MS) : 0);
  const roller = createRoller({ sql, underLoad: () => coming });
  let lastApplied = 0;
  const rolling = runLoop({
    name: 'roller',
    step: roller.step,
    log,
    pollMs: POLL_MS,
    pauseMs,
    isTransient,
  });
  const eventRoller = createEventRoller(sql);
  /** Marks of events were left: they come faster than one step takes them, and resting would leave ever more. */
  let behind = false;
  const rollingEvents = runLoop({
    name: 'event roller',
    async step() {
      const outcome = await eventRoller.step();
      behind = typeof outcome === 'object' && outcome.more;
      return outcome;
    },
    log,
    pollMs: POLL_MS,
    pauseMs: (took) => (behind ? 0 : pauseMs(took)),
    isTransient,
  });
  const applying = runLoop({
    name: 'processor',
    async step() {
      const outcome = await processor.step();
      // What was applied is to be recomputed; at once, when nothing more waits.
      if (typeof outcome === 'object') {
        coming = true;
        lastApplied = now();
        rolling.wake();
        rollingEvents.wake();
      } else if (coming && now() - lastApplied >= DRAINED_MS) {
        coming = false;
        rolling.hurry();
        rollingEvents.hurry();
      }
      return outcome;
    },
    log,
    pollMs: POLL_MS,
    isTransient,
  });
  return {
    wake: applying.wake,
    hurry: applying.hurry,
    async stop() {
      await applying.stop();
      await rolling.stop();
      await rollingEvents.stop();
    },
  };
}
