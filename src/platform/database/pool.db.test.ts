import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { testDatabase } from '../../testing/index.ts';
import { isDatabaseAway, isTransient, type Queries, type Sql } from './index.ts';

async function backendOf(sql: Queries): Promise<number> {
  const [row] = await sql`select pg_backend_pid() as pid`;
  return row?.pid;
}

async function end(sql: Sql, pid: number): Promise<void> {
  await sql`select pg_terminate_backend(${pid}, 5000)`;
}

/** More queries than the pool has connections all answer: none is stuck. */
async function assertWhole(sql: Sql): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => sql`select ${n}::int as n`));
  assert.deepEqual(
    answers.map(([row]) => row?.n),
    Array.from({ length: 12 }, (_, n) => n),
  );
}

test('given types of every kind, when selected, then they have the shapes that the project counts on', async (t) => {
  const { sql } = await testDatabase(t);
  const [row] = await sql`
    select 9007199254740991::bigint as big, array[1, 2]::bigint[] as many, date '2024-02-29' as day,
      timestamptz '2024-02-29 12:00:00+02' as time, ${sql.json({ a: [1] })}::jsonb as json,
      current_setting('search_path') as path, current_setting('TimeZone') as zone
  `;
  assert.deepEqual(row, {
    big: Number.MAX_SAFE_INTEGER,
    many: [1, 2],
    day: '2024-02-29',
    time: new Date('2024-02-29T10:00:00Z'),
    json: { a: [1] },
    path: 'derived, almanac, public',
    zone: 'UTC',
  });
});

test('given a bigint beyond 2^53, when selected, then the query fails instead of rounding it', async (t) => {
  const { sql } = await testDatabase(t);
  await assert.rejects(async () => sql`select 9007199254740993::bigint as n`, RangeError);
  await assertWhole(sql);
});

test('given dates and numbers, when written and read back, then they are the same', async (t) => {
  const { sql } = await testDatabase(t);
  const rows = [{ day: '2024-12-31', n: 12_345_678_901 }];
  await sql.begin(async (tx) => {
    await tx`create temporary table kept (day date, n bigint)`;
    await tx`insert into kept ${tx(rows)}`;
    assert.deepEqual([...(await tx`select * from kept`)], rows);
    assert.equal((await tx`select 1 from kept where n = any(${[12_345_678_901]}::bigint[])`).length, 1);
  });
});

test('given a failed statement that the body caught, when the transaction ends, then it fails and nothing is kept', async (t) => {
  const { sql } = await testDatabase(t);
  await sql`create table public.kept (n int)`;
  const outcome = sql.begin(async (tx) => {
    await tx`insert into kept values (1)`;
    await tx`select 1/0`.catch(() => {});
  });
  await assert.rejects(outcome, /division by zero/);
  assert.equal((await sql`select * from kept`).length, 0);
});

test('given a savepoint that fails, when the body goes on, then only the savepoint is undone', async (t) => {
  const { sql } = await testDatabase(t);
  await sql`create table public.kept (n int)`;
  await sql.begin(async (tx) => {
    await tx`insert into kept values (1)`;
    await tx
      .savepoint(async (inner) => {
        await inner`insert into kept values (2)`;
        await inner`select 1/0`;
      })
      .catch(() => {});
    await tx.savepoint((inner) => inner`insert into kept values (3)`);
  });
  assert.deepEqual(
    (await sql`select n from kept order by n`).map((row) => row.n),
    [1, 3],
  );
});

test('given a connection that ends during a statement of a transaction, then it rejects as away and the pool goes on', async (t) => {
  const { sql } = await testDatabase(t);
  const outcome = sql.begin(async (tx) => {
    const pid = await backendOf(tx);
    await Promise.all([tx`select pg_sleep(60)`, tx`select 2`, end(sql, pid)]);
  });
  await assert.rejects(outcome, (error) => isDatabaseAway(error) && isTransient(error));
  await assertWhole(sql);
});

test('given a connection that ends between two statements, when the body goes on, then nothing more of it runs anywhere', async (t) => {
  const { sql } = await testDatabase(t, { max: 2 });
  await sql`create table public.kept (n int)`;
  const outcome = sql.begin(async (tx) => {
    await tx`insert into kept values (1)`;
    await end(sql, await backendOf(tx));
    await assertWhole(sql);
    await tx`insert into kept values (2)`.catch(() => {});
    await tx`insert into kept values (3)`;
  });
  await assert.rejects(outcome, isDatabaseAway);
  await sql.begin(async (tx) => tx`insert into kept values (4)`);
  assert.deepEqual(
    (await sql`select n from kept`).map((row) => row.n),
    [4],
  );
});

test('given a pool, then its first connection learns the types, and no other has to', async (t) => {
  const { sql } = await testDatabase(t, { max: 3 });
  const taken = await Promise.all([sql.reserve(), sql.reserve(), sql.reserve()]);
  const learned = await Promise.all(
    taken.map(async (one) => {
      const [row] = await one`
        select ${[1, 2]}::int[] as array, (select count(*) from pg_prepared_statements where statement like '%typ' || 'array%') as asked`;
      assert.deepEqual(row?.array, [1, 2]);
      return row?.asked;
    }),
  );
  for (const one of taken) one.release();
  assert.deepEqual(learned.toSorted(), [0, 0, 1]);
});

test('given a connection that ends during COPY, then the stream fails and the pool goes on', async (t) => {
  const { sql } = await testDatabase(t);
  await sql`create table public.kept (n int)`;
  const outcome = sql.begin(async (tx) => {
    const pid = await backendOf(tx);
    const target = await tx`copy public.kept from stdin`.writable();
    async function* lines() {
      for (let n = 0; n < 100_000; n += 1) {
        if (n === 1_000) await end(sql, pid);
        yield `${n}\n`;
      }
    }
    await pipeline(Readable.from(lines()), target);
  });
  await assert.rejects(outcome);
  await assertWhole(sql);
  assert.equal((await sql`select * from kept`).length, 0);
});

test('given COPY outside a transaction, when it ends or is refused, then its connection serves the next', async (t) => {
  const { sql } = await testDatabase(t, { max: 1 });
  await sql`create table public.kept (n int)`;
  await pipeline(Readable.from(['1\n', '2\n']), await sql`copy public.kept from stdin`.writable());
  const refused = await sql`copy public.kept from stdin`.writable();
  await assert.rejects(pipeline(Readable.from(['x\n']), refused));
  assert.deepEqual(
    (await sql`select n from kept order by n`).map((row) => row.n),
    [1, 2],
  );
});

test('given a cursor, when it is read to its end, left early, or loses its connection, then the pool goes on', async (t) => {
  const { sql } = await testDatabase(t, { max: 2 });
  let rows = 0;
  for await (const some of sql`select generate_series(1, 25)`.cursor(10)) rows += some.length;
  assert.equal(rows, 25);
  for await (const _ of sql`select generate_series(1, 25)`.cursor(10)) break;
  await assertWhole(sql);
  const read = async () => {
    for await (const [row] of sql`select pg_backend_pid() as pid, generate_series(1, 25)`.cursor(1)) {
      await end(sql, row?.pid);
    }
  };
  await assert.rejects(read, isDatabaseAway);
  await assertWhole(sql);
});

test('given a reserved connection, when released, then it goes back and its holder can use it no more', async (t) => {
  const { sql } = await testDatabase(t, { max: 1 });
  const reserved = await sql.reserve();
  const pid = await backendOf(reserved);
  reserved.release();
  assert.equal(await backendOf(sql), pid);
  await assert.rejects(async () => reserved`select 1`, /after the release/);
});

test('given a closed pool, when asked, then it refuses as away', async (t) => {
  const { sql } = await testDatabase(t);
  const last = sql`select 1 as n`.then(([row]) => row?.n);
  await sql.end();
  assert.equal(await last, 1);
  await assert.rejects(async () => sql`select 1`, isDatabaseAway);
});

test('given listeners, when their connection ends, then they hear again without a hand', async (t) => {
  const { sql } = await testDatabase(t);
  const ready = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const heard = Promise.withResolvers<string>();
  let times = 0;
  const { state } = await sql.listen('news', heard.resolve, () => ready[times++]?.resolve());
  await ready[0]?.promise;
  await end(sql, state.pid);
  await ready[1]?.promise;
  await sql.notify('news', 'hello');
  assert.equal(await heard.promise, 'hello');
});
