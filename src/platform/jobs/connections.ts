import pg from 'pg';
import type { JobsLog } from './task-log.ts';

/**
 * The connections of graphile-worker. Its own pool goes without error handlers for a moment when it stops (0.18.0), and a
 * connection cut just then would end the process; here they stay until the last connection is closed.
 */
export function openConnections(databaseUrl: string, most: number, log: JobsLog): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: most,
    application_name: 'almanac jobs',
    connectionTimeoutMillis: 5_000,
    // What a stop leaves behind (a job that never ends) must not keep the process alive.
    allowExitOnIdle: true,
  });
  const told = (error: Error) => log.debug({ err: error }, 'a connection of the jobs was lost');
  pool.on('error', told);
  pool.on('connect', (client) => client.on('error', told));
  return pool;
}
