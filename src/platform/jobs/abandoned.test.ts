import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../testing/index.ts';
import { createJobs, type Jobs } from './index.ts';

test('given jobs held by a process that was killed and by one that lives, when another starts, then it runs only those of the dead', async (t) => {
  let jobs: Jobs | null = null;
  t.after(() => jobs?.stop()); // before the database is dropped
  const database = await testDatabase(t);
  const { sql } = database;
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const ran: unknown[] = [];
  const first = Promise.withResolvers<void>();
  jobs = createJobs({
    databaseUrl: database.url,
    log,
    tasks: {
      greet: async (payload) => {
        ran.push(payload);
        first.resolve();
      },
    },
  });
  await jobs.prepare();
  await jobs.add('greet', { of: 'the dead' }, { jobKey: 'dead' });
  await jobs.add('greet', { of: 'the living' }, { jobKey: 'living' });
  await sql`
    update graphile_worker._private_jobs
    set locked_by = 'pool-' || key,
      locked_at = now() - interval '1 minute',
      attempts = 1`;
  const living = await sql.reserve();
  await living`
    select pg_advisory_lock(hashtextextended('almanac jobs pool-living', 0))`;
  await jobs.start();
  await first.promise;
  const left = await sql`
    select key, locked_by
    from graphile_worker.jobs
    where key = 'living'`;
  living.release();
  assert.deepEqual([...left], [{ key: 'living', locked_by: 'pool-living' }]);
  assert.deepEqual(ran, [{ of: 'the dead' }]);
});
