import { createEventRoller } from '../events/index.ts';
import { replay as replayEvidence } from '../evidence/index.ts';
import type { ImportProgress } from '../importers/index.ts';
import type { Config } from '../platform/config/index.ts';
import { openDatabase } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createRoller } from '../usage/index.ts';
import { composeDerivation } from './derivation.ts';
import { readRobotsList } from './tables.ts';

/** Builds every derived table anew from the evidence, beside the live ones, and swaps them. */
export async function replay(
  config: Config,
  log: Log,
  progress: ImportProgress,
): Promise<{ evidence: number; seconds: number }> {
  const began = performance.now();
  const options = {
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    applicationName: 'almanac replay',
  };
  const live = await openDatabase(options);
  const next = await openDatabase({
    ...options,
    databaseUrl: live.url,
    migrate: false,
    searchPath: 'derived_next, almanac, public',
  });
  try {
    const robots = await readRobotsList(config, log);
    let shown = 0;
    const result = await replayEvidence({
      live: live.sql,
      next: next.sql,
      derivation: composeDerivation({ robots, onUnknownWorks: async () => undefined }),
      async roll(sql) {
        const roller = createRoller({ sql });
        while ((await roller.step()) !== 'idle');
        const events = createEventRoller(sql);
        while ((await events.step()) !== 'idle');
      },
      onProgress(done, total) {
        if (shown === 0) {
          progress.start('Replaying deliveries');
          progress.total(total);
        }
        progress.advance(done - shown);
        shown = done;
      },
    });
    progress.end();
    return { evidence: result.evidence, seconds: Math.round(performance.now() - began) / 1000 };
  } finally {
    await next.close();
    await live.close();
  }
}
