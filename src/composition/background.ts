import type { Database } from '../platform/database/index.ts';
import { type CronTask, createJobs, type Task } from '../platform/jobs/index.ts';
import type { Log } from '../platform/log/index.ts';

/** What an area leaves to jobs: tasks by name, and when some of them are due. */
export interface AreaJobs {
  tasks: Record<string, Task>;
  cron?: CronTask[];
}

export interface Background {
  stop(): Promise<void>;
}

/**
 * Runs the jobs of all areas beside answering. The tables of jobs are there when this resolves, so that jobs can be added in
 * transactions (`addJobInTransaction`); the jobs themselves start without being waited for.
 */
export async function startBackground(
  { url: databaseUrl }: Database,
  log: Log,
  areas: readonly AreaJobs[],
): Promise<Background> {
  const jobs = createJobs({
    databaseUrl,
    log,
    tasks: Object.assign({}, ...areas.map(({ tasks }) => tasks)) as Record<string, Task>,
    cron: areas.flatMap(({ cron }) => cron ?? []),
  });
  await jobs.prepare();
  const started = jobs.start().catch((error: unknown) => log.error({ error }, 'jobs do not start'));
  return {
    async stop() {
      await started;
      await jobs.stop();
    },
  };
}
