import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { emptyDatabase, quietLog, temporaryFolder } from '../../testing/index.ts';
import { migrate, openDatabase } from './index.ts';

/** A folder of migrations and an empty database to apply them to. */
async function given(t: TestContext, files: Record<string, string>) {
  const database = await emptyDatabase(t);
  const dir = join(await temporaryFolder(t), 'migrations');
  await mkdir(dir);
  const write = async (contents: Record<string, string>) => {
    for (const [name, text] of Object.entries(contents)) await writeFile(join(dir, name), text);
  };
  await write(files);
  return { ...database, dir, write };
}

const twoFiles = {
  '0001-first.sql': 'create table almanac.first (a bigint); create index on almanac.first (a);',
  '0002-second.sql': 'insert into almanac.first values (1), (2)',
};

test('given numbered files, when migrated twice, then each is applied once, in order', async (t) => {
  const { sql, dir } = await given(t, twoFiles);
  assert.deepEqual(await migrate(sql, dir), ['0001-first.sql', '0002-second.sql']);
  assert.deepEqual(await migrate(sql, dir), []);
  assert.equal((await sql`select * from first`).length, 2);
  const history =
    await sql`select number, name, length(sha256) as digits from almanac.migrations order by number`;
  assert.deepEqual(
    [...history],
    [
      { number: 1, name: '0001-first.sql', digits: 64 },
      { number: 2, name: '0002-second.sql', digits: 64 },
    ],
  );
});

test('given six processes that start at once, when all migrate, then each file is applied once', async (t) => {
  const { url, sql, dir } = await given(t, twoFiles);
  const starts = Array.from({ length: 6 }, async () => {
    const database = await openDatabase({
      databaseUrl: url,
      dataDir: dir,
      log: quietLog,
      migrationsDir: dir,
      max: 1,
    });
    await database.close();
  });
  await Promise.all(starts);
  assert.equal((await sql`select * from first`).length, 2);
});

test('given a file that fails half way, when migrated, then it leaves nothing and the message names file and reason', async (t) => {
  const { sql, dir, write } = await given(t, {
    ...twoFiles,
    '0003-bad.sql': 'create table almanac.third (a int); select 1/0',
  });
  await assert.rejects(migrate(sql, dir), {
    code: 'DATABASE_FAULT',
    message: 'migration 0003-bad.sql failed: division by zero',
  });
  const [row] =
    await sql`select to_regclass('almanac.third') as third, count(*) as applied from almanac.migrations`;
  assert.deepEqual(row, { third: null, applied: 2 });
  await write({ '0003-bad.sql': 'create table almanac.third (a int)' });
  assert.deepEqual(await migrate(sql, dir), ['0003-bad.sql']);
});

test('given an applied file that was changed, when migrated, then the start stops and names it', async (t) => {
  const { sql, dir, write } = await given(t, twoFiles);
  await migrate(sql, dir);
  await write({ '0001-first.sql': 'create table almanac.other (a int)' });
  await assert.rejects(
    migrate(sql, dir),
    /^Error: migration 0001-first\.sql was changed after it had been applied/,
  );
});

test('given an applied file checked out with Windows line ends, when migrated, then it is the same file', async (t) => {
  const { sql, dir, write } = await given(t, { '0001-first.sql': 'create table almanac.first\n(a int)\n' });
  await migrate(sql, dir);
  await write({ '0001-first.sql': 'create table almanac.first\r\n(a int)\r\n' });
  assert.deepEqual(await migrate(sql, dir), []);
});

test('given a database newer than the program, when migrated, then the start stops and says so', async (t) => {
  const { sql, dir } = await given(t, twoFiles);
  await migrate(sql, dir);
  await rm(join(dir, '0002-second.sql'));
  await assert.rejects(
    migrate(sql, dir),
    /the database is newer than this program \(it has 0002-second\.sql\)/,
  );
});

for (const [fault, files, message] of [
  [
    'a number is missing',
    { '0001-a.sql': '', '0003-c.sql': '' },
    /missing between 0001-a\.sql and 0003-c\.sql/,
  ],
  [
    'two files share a number',
    { '0001-a.sql': '', '0001-b.sql': '' },
    /0001-a\.sql and 0001-b\.sql have the same number/,
  ],
  ['a name has no number', { 'tables.sql': '' }, /tables\.sql must be named like/],
] as const) {
  test(`given that ${fault}, when migrated, then nothing is applied and the message says so`, async (t) => {
    const { sql, dir } = await given(t, files);
    await assert.rejects(migrate(sql, dir), message);
    assert.equal((await sql`select 1 from pg_namespace where nspname = 'almanac'`).length, 0);
  });
}
