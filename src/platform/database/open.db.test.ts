import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietLog, temporaryFolder, testDatabase } from '../../testing/index.ts';
import { openDatabase } from './index.ts';

function open(databaseUrl: string, dataDir: string) {
  return openDatabase({ databaseUrl, dataDir, log: quietLog, migrate: false, max: 1 });
}

test('given a DATABASE_URL, when two servers share a data folder, then the second is refused until the first closes', async (t) => {
  const { url } = await testDatabase(t);
  const dataDir = await temporaryFolder(t);
  const first = await open(url, dataDir);
  const second = await open(url, dataDir);
  const elsewhere = await open(url, await temporaryFolder(t));
  assert.deepEqual(await first.lockServer(), { ok: true });
  assert.deepEqual(await first.lockServer(), { ok: true });
  assert.deepEqual(await second.lockServer(), {
    ok: false,
    message: `another Almanac server (process ${process.pid}) uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder`,
  });
  assert.deepEqual(await elsewhere.lockServer(), { ok: true });
  await first.close();
  assert.deepEqual(await second.lockServer(), { ok: true });
  await Promise.all([second.close(), elsewhere.close()]);
});

test('given a held server lock, when its connection ends, then it is taken again', async (t) => {
  const database = await testDatabase(t);
  assert.deepEqual(await database.lockServer(), { ok: true });
  const holder = async () => {
    const [row] = await database.sql`
      select pid from pg_locks
      where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())
    `;
    return row?.pid ?? null;
  };
  const before = await holder();
  await database.sql`select pg_terminate_backend(${before}, 5000)`;
  let after = await holder();
  while (after === null) after = await holder();
  assert.notEqual(after, before);
});

for (const [fault, url, message] of [
  [
    'nobody listens',
    'postgres://somebody@127.0.0.1:1/almanac',
    /^DATABASE_URL: cannot connect: .*ECONNREFUSED/,
  ],
  ['it is no URL', 'almanac at home', /^DATABASE_URL/],
] as const) {
  test(`given a DATABASE_URL where ${fault}, when opened, then one line says so`, async (t) => {
    const dataDir = await temporaryFolder(t);
    await assert.rejects(open(url, dataDir), (error: Error) => {
      assert.match(error.message, message);
      return !error.message.includes('\n');
    });
  });
}

test('given a wrong password, when opened, then the line does not show it', async (t) => {
  const { url } = await testDatabase(t);
  const wrong = new URL(url);
  wrong.password = 'opensesame';
  await assert.rejects(open(wrong.href, await temporaryFolder(t)), (error: Error) => {
    assert.match(error.message, /^DATABASE_URL: cannot connect: password authentication failed/);
    return !error.message.includes('opensesame');
  });
});
