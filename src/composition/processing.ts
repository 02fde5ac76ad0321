import { createProcessor, type Loop, runLoop } from '../evidence/index.ts';
import { isTransient, type Sql } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createRoller, type RobotsList } from '../usage/index.ts';
import { enqueueLookups } from '../works/index.ts';
import { composeDerivation } from './derivation.ts';

/** How long a process may not notice what another one accepted. */
const POLL_MS = 150;
/** Under a steady load the roller rests as long as it worked, up to this, so that it takes more marks at a time. */
const LONGEST_REST_MS = 1_000;

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
  const roller = createRoller({ sql });
  const rolling = runLoop({
    name: 'roller',
    step: roller.step,
    log,
    pollMs: POLL_MS,
    pauseMs: (took) => Math.min(took, LONGEST_REST_MS),
    isTransient,
  });
  const applying = runLoop({
    name: 'processor',
    async step() {
      const outcome = await processor.step();
      // What was applied is to be recomputed.
      if (typeof outcome === 'object') rolling.wake();
      return outcome;
    },
    log,
    pollMs: POLL_MS,
    isTransient,
  });
  return {
    wake: applying.wake,
    async stop() {
      await applying.stop();
      await rolling.stop();
    },
  };
}
