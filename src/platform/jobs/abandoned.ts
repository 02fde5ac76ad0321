import postgres from 'postgres';
import type { JobsLog } from './task-log.ts';

/** Gives back the jobs of processes that died. */
export type AbandonedJobs = { stop(): Promise<void> };

const everyMs = 15_000;

/**
 * graphile-worker hands the jobs of a killed process to others after four hours. Here each process holds an advisory lock in its
 * pool's name for as long as it lives, on a connection of its own; whoever can take that lock knows that the owner is gone.
 * A pool is left alone for its first seconds with a job: its own lock may be on the way.
 */
export function releaseAbandonedJobs(databaseUrl: string, poolId: string, log: JobsLog): AbandonedJobs {
  const sql = postgres(databaseUrl, {
    max: 1,
    max_lifetime: null, // the lock lives as long as the connection
    connect_timeout: 5,
    fetch_types: false, // a connection that is cut while it learns them ends the process
    onnotice: () => {},
    connection: { application_name: 'almanac jobs' },
  });
  let held = 0;
  const round = async () => {
    const [session] = await sql<{ pid: number }[]>`
      select pg_backend_pid() as pid`;
    if (session !== undefined && session.pid !== held) {
      await sql`
        select pg_advisory_lock(hashtextextended('almanac jobs ' || ${poolId}, 0))`;
      held = session.pid;
    }
    const released = await sql<{ locked_by: string }[]>`
      with owners as materialized (
        select distinct locked_by
        from graphile_worker.jobs
        where locked_at < now() - interval '10 seconds'
          and locked_by <> ${poolId}
      ),
      gone as materialized (
        select locked_by
        from owners
        where pg_try_advisory_xact_lock(hashtextextended('almanac jobs ' || locked_by, 0))
      )
      select locked_by, graphile_worker.force_unlock_workers(array[locked_by])
      from gone`;
    if (released.length > 0)
      log.warn(
        { processes: released.length },
        'took over the jobs of processes that ended without a goodbye',
      );
  };

  // One round after the other, never two at once; a failed one is made up for by the next.
  let running: Promise<void> = Promise.resolve();
  const start = () => {
    running = running
      .then(round)
      .catch((error: unknown) => log.debug({ err: error }, 'could not look for abandoned jobs'));
  };
  start();
  const timer = setInterval(start, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await sql.end({ timeout: 1 });
    },
  };
}
