import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../testing/index.ts';
import { createJobs, type Jobs, type JobsOptions, type Task } from './index.ts';

type Line = { level: string; message: string; details: object };

async function setUp(t: TestContext, tasks: Record<string, Task>, over: Partial<JobsOptions> = {}) {
  // Hooks run in the order they are named: the jobs stop before their database is dropped.
  let jobs: Jobs | null = null;
  t.after(() => jobs?.stop());
  const database = await testDatabase(t);
  const lines: Line[] = [];
  const at = (level: string) => (details: object, message: string) => {
    lines.push({ level, message, details });
  };
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  jobs = createJobs({ databaseUrl: database.url, log, tasks, ...over });
  return { database, jobs, log, lines };
}

/** A task that tells when it has been run so many times. */
function counted(times: number) {
  const done = Promise.withResolvers<void>();
  const payloads: unknown[] = [];
  const task: Task = async (payload) => {
    payloads.push(payload);
    if (payloads.length === times) done.resolve();
  };
  return { task, payloads, done: done.promise };
}

test('given a running worker, when a job is added, then its task gets the payload', async (t) => {
  const greet = counted(2);
  const { jobs } = await setUp(t, { greet: greet.task }, { concurrency: 1 });
  await jobs.add('greet', { name: 'before' });
  await jobs.start();
  await jobs.add('greet', { name: 'after' });
  await greet.done;
  assert.deepEqual(greet.payloads, [{ name: 'before' }, { name: 'after' }]);
});

test('given a job added in a transaction, when it rolls back, then there is no job; when it commits, then it runs', async (t) => {
  const greet = counted(1);
  const { database, jobs } = await setUp(t, { greet: greet.task });
  await jobs.start();
  const rolledBack = database.sql.begin(async (sql) => {
    await jobs.addInTransaction(sql, 'greet', { name: 'lost' });
    throw new Error('no');
  });
  await assert.rejects(rolledBack, /no/);
  await database.sql.begin((sql) => jobs.addInTransaction(sql, 'greet', { name: 'kept "é"' }));
  await greet.done;
  assert.deepEqual(greet.payloads, [{ name: 'kept "é"' }]);
});

test('given options, when jobs are added either way, then key, time, queue and attempts are kept, and the same key is one job', async (t) => {
  const { database, jobs } = await setUp(t, {});
  const options = { jobKey: 'k', runAt: new Date('2030-01-02T03:04:05Z'), queue: 'q', maxAttempts: 3 };
  await jobs.add('later', { n: 1 }, options);
  await database.sql.begin((sql) => jobs.addInTransaction(sql, 'later', { n: 2 }, options));
  const rows = await database.sql`
    select key, run_at, queue_name, max_attempts
    from graphile_worker.jobs`;
  assert.deepEqual([...rows], [{ key: 'k', run_at: options.runAt, queue_name: 'q', max_attempts: 3 }]);
});

test('given a task that throws, when its job runs, then it is kept for a later try and the log has one warning', async (t) => {
  const failed = Promise.withResolvers<void>();
  const { database, jobs, lines } = await setUp(t, {
    broken: async () => {
      failed.resolve();
      throw new Error('upstream is down');
    },
  });
  await jobs.add('broken', {});
  await jobs.start();
  await failed.promise;
  await jobs.stop();
  const [row] = await database.sql`
    select attempts, last_error, run_at > now() as later, locked_at
    from graphile_worker.jobs`;
  assert.deepEqual(
    { ...row, last_error: /upstream is down/.test(row?.last_error) },
    { attempts: 1, last_error: true, later: true, locked_at: null },
  );
  const told = lines.filter(({ level }) => level === 'warn' || level === 'error');
  assert.deepEqual(
    told.map(({ level, message }) => [level, message]),
    [['warn', 'job failed, will be tried again']],
  );
});

test('given a job on its last attempt, when it throws, then it is given up and that is an error in the log', async (t) => {
  const failed = Promise.withResolvers<void>();
  const { jobs, lines } = await setUp(t, {
    broken: async (_, { attempt }) => {
      assert.equal(attempt, 1);
      failed.resolve();
      throw new Error('for good');
    },
  });
  await jobs.add('broken', {}, { maxAttempts: 1 });
  await jobs.start();
  await failed.promise;
  await jobs.stop();
  const told = lines.filter(({ level }) => level === 'warn' || level === 'error');
  assert.deepEqual(
    told.map(({ level, message }) => [level, message]),
    [['error', 'job given up']],
  );
});

test('given an empty database, when several processes start at once, then all of them work', async (t) => {
  const greet = counted(4);
  const { database, log } = await setUp(t, {});
  const several = Array.from({ length: 4 }, () =>
    createJobs({ databaseUrl: database.url, log, tasks: { greet: greet.task } }),
  );
  t.after(() => Promise.all(several.map((jobs) => jobs.stop())));
  await Promise.all(several.map((jobs) => jobs.start()));
  await Promise.all(several.map((jobs, n) => jobs.add('greet', { n })));
  await greet.done;
  assert.equal(greet.payloads.length, 4);
});

test('given connections that are all cut, when jobs are added afterwards, then they run without a restart', async (t) => {
  const greet = counted(2);
  const first = Promise.withResolvers<void>();
  const { database, jobs } = await setUp(t, {
    greet: async (payload, helpers) => {
      await greet.task(payload, helpers);
      first.resolve();
    },
  });
  await jobs.start();
  await jobs.add('greet', { n: 1 });
  await first.promise;
  const sql = database.sql;
  const cut = () => sql`
    select pg_terminate_backend(pid)
    from pg_stat_activity
    where datname = current_database()
      and pid <> pg_backend_pid()`;
  await cut();
  await sql.begin((transaction) => jobs.addInTransaction(transaction, 'greet', { n: 2 }));
  await greet.done;
  assert.deepEqual(greet.payloads, [{ n: 1 }, { n: 2 }]);
});

test('given a job that never ends, when stopped, then it is signalled, handed back and the stop ends all the same', async (t) => {
  const begun = Promise.withResolvers<void>();
  let signalled = false;
  const { database, jobs } = await setUp(t, {
    endless: async (_, { signal }) => {
      signal.addEventListener('abort', () => {
        signalled = true;
      });
      begun.resolve();
      await new Promise(() => {});
    },
  });
  await jobs.start();
  await jobs.add('endless', {});
  await begun.promise;
  await jobs.stop();
  assert.equal(signalled, true);
  const rows = await database.sql`
    select locked_at
    from graphile_worker.jobs`;
  assert.deepEqual([...rows], [{ locked_at: null }]);
});

test('given a pattern with seconds or nonsense, when jobs are made, then it is refused at once', () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  for (const match of ['* * * * * *', 'daily', '61 * * * *']) {
    assert.throws(() =>
      createJobs({ databaseUrl: 'postgres://x', log, tasks: {}, cron: [{ task: 'x', match }] }),
    );
  }
});
