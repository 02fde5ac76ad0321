import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Holder, makeTemporaryFolder, quietLog, startHolder } from '../../testing/index.ts';
import { isDatabaseAway, openDatabase } from './index.ts';

const isRoot = process.getuid?.() === 0;

/** Polls until `probe` answers something; the test runner's own limit ends it when that never comes. */
async function eventually<T>(probe: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== null) return found;
    await sleep(10);
  }
}

async function postmasterOf(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => null);
  return text === null ? null : Number.parseInt(text, 10);
}

/** A data folder, and a way to start processes on it; all of it goes after the test, however the test ends. */
async function dataFolder(t: TestContext, ...below: string[]) {
  const top = await makeTemporaryFolder();
  const dataDir = join(top, ...below);
  const holders: Holder[] = [];
  t.after(async () => {
    await Promise.all(holders.map((holder) => holder.kill()));
    const pid = await postmasterOf(dataDir);
    if (pid !== null && isAlive(pid)) process.kill(pid, 'SIGKILL');
    await rm(top, { recursive: true, force: true });
  });
  async function start(role: 'server' | 'command' = 'command'): Promise<Holder> {
    const holder = await startHolder(dataDir, role);
    holders.push(holder);
    return holder;
  }
  return { dataDir, start };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function open(dataDir: string) {
  return openDatabase({ dataDir, log: quietLog, migrate: false, max: 2 });
}

test('given an empty folder, when opened, closed and opened again, then the data is there, on the same port', async (t) => {
  const { dataDir } = await dataFolder(t, 'below', 'that');
  const first = await open(dataDir);
  await first.sql`create table public.kept as select 7 as n`;
  await first.close();
  assert.equal(await postmasterOf(dataDir), null);
  const again = await open(dataDir);
  assert.deepEqual([...(await again.sql`select n from kept`)], [{ n: 7 }]);
  assert.equal(again.url, first.url);
  assert.equal((await stat(join(dataDir, 'postgres.json'))).mode & 0o777, 0o600);
  await again.close();
});

test('given two processes that open an empty folder at once, then both use one PostgreSQL; the last to leave stops it', async (t) => {
  const { dataDir, start } = await dataFolder(t);
  const [one, two] = await Promise.all([start(), start()]);
  assert.equal(one.greeting.url, two.greeting.url);
  assert.equal(await one.close(), 0);
  assert.deepEqual(await two.ask('select 1 as n'), { rows: [{ n: 1 }] });
  assert.equal(await two.close(), 0);
  assert.equal(await postmasterOf(dataDir), null);
  assert.deepEqual((await readdir(dataDir)).sort(), ['postgres', 'postgres.json', 'postgres.log']);
});

test('given many processes that open and close at random, then none of them fails', async (t) => {
  const { dataDir, start } = await dataFolder(t);
  const codes = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const codes: number[] = [];
      for (let n = 0; n < 2; n += 1) {
        const holder = await start();
        assert.deepEqual(await holder.ask('select 1 as n'), { rows: [{ n: 1 }] });
        codes.push(await holder.close());
      }
      return codes;
    }),
  );
  assert.deepEqual(codes.flat(), Array(6).fill(0));
  assert.equal(await postmasterOf(dataDir), null);
});

test('given a server that was killed, when the next opens, then it goes on with the PostgreSQL left behind', async (t) => {
  const { dataDir, start } = await dataFolder(t);
  const killed = await start('server');
  await killed.ask('create table public.kept as select 7 as n');
  const postmaster = await postmasterOf(dataDir);
  await killed.kill();
  const next = await start('server');
  assert.deepEqual(next.greeting.lock, { ok: true });
  assert.equal(await postmasterOf(dataDir), postmaster);
  assert.deepEqual(await next.ask('select n from kept'), { rows: [{ n: 7 }] });
  assert.equal(await next.close(), 0);
  assert.equal(await postmasterOf(dataDir), null);
});

test('given a PostgreSQL that is killed under a server, then queries work again and the lock is held again', async (t) => {
  const { dataDir } = await dataFolder(t);
  const database = await open(dataDir);
  assert.deepEqual(await database.lockServer(), { ok: true });
  await database.sql`create table public.kept as select 7 as n`;
  const postmaster = await postmasterOf(dataDir);
  assert.ok(postmaster);
  const broken = database.sql`select pg_sleep(60)`;
  await Promise.all([
    assert.rejects(async () => broken, isDatabaseAway),
    sleep(50).then(() => process.kill(postmaster, 'SIGKILL')),
  ]);
  const rows = await eventually(() =>
    database.sql`select n from kept`.then(
      (found) => [...found],
      (error: unknown) => {
        assert.ok(isDatabaseAway(error), String(error));
        return null;
      },
    ),
  );
  assert.deepEqual(rows, [{ n: 7 }]);
  await eventually(async () => {
    const [row] = await database.sql`
      select 1 from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and application_name like 'almanac server %'
    `;
    return row ?? null;
  });
  await database.close();
  assert.equal(await postmasterOf(dataDir), null);
});

test('given server and PostgreSQL killed together, when the next opens, then it recovers what was committed', async (t) => {
  const { dataDir, start } = await dataFolder(t);
  const killed = await start('server');
  await killed.ask('create table public.kept as select 7 as n');
  const postmaster = await postmasterOf(dataDir);
  assert.ok(postmaster);
  await killed.kill();
  process.kill(postmaster, 'SIGKILL');
  const next = await open(dataDir);
  assert.deepEqual([...(await next.sql`select n from kept`)], [{ n: 7 }]);
  await next.close();
});

test('given a pid file whose number now belongs to another program, when opened, then it starts', async (t) => {
  if (process.platform !== 'linux') return t.skip('other systems leave this check to PostgreSQL');
  const { dataDir } = await dataFolder(t);
  await (await open(dataDir)).close();
  const other = await (await dataFolder(t)).start();
  const lines = [
    other.process.pid,
    join(dataDir, 'postgres'),
    1_700_000_000,
    5432,
    '',
    '127.0.0.1',
    '1 1',
    'ready',
  ];
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`);
  const database = await open(dataDir);
  assert.equal((await database.sql`select 1`).length, 1);
  await database.close();
});

test('given a running server, when a second wants the folder, then it is refused in one line; a command may work beside it', async (t) => {
  const { dataDir, start } = await dataFolder(t);
  const server = await start('server');
  const second = await start('server');
  assert.deepEqual(second.greeting.lock, {
    ok: false,
    message: `another Almanac server (process ${server.process.pid}) uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder`,
  });
  await second.close();
  const command = await start('command');
  assert.deepEqual(await command.ask('select 1 as n'), { rows: [{ n: 1 }] });
  await command.close();
  assert.deepEqual(await server.ask('select 2 as n'), { rows: [{ n: 2 }] });
});

test('given an initdb that was killed half way, when opened, then its remains go and the folder works', async (t) => {
  const { dataDir } = await dataFolder(t);
  const remains = join(dataDir, 'postgres.init-999999999-abcd');
  await mkdir(remains);
  await writeFile(join(remains, 'PG_VERSION'), '18\n');
  await writeFile(`${remains}.password`, 'left behind');
  await (await open(dataDir)).close();
  assert.deepEqual((await readdir(dataDir)).sort(), ['postgres', 'postgres.json', 'postgres.log']);
});

test('given a folder that only root can enter, when root opens it, then PostgreSQL runs on it as somebody else', async (t) => {
  if (!isRoot || process.platform !== 'linux') return t.skip('only for root on Linux');
  const { dataDir } = await dataFolder(t, 'closed');
  await mkdir(dataDir, { mode: 0o700 });
  const database = await open(dataDir);
  await database.sql`create table public.kept as select 7 as n`;
  const postmaster = await postmasterOf(dataDir);
  assert.notEqual((await stat(`/proc/${postmaster}`)).uid, 0);
  await database.sql`checkpoint`;
  await database.close();
  assert.equal((await stat(dataDir)).uid, 0);
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
});

for (const [situation, prepare, message] of [
  [
    'of another major version',
    async (folder: string) => writeFile(join(folder, 'PG_VERSION'), '14\n'),
    /was made by PostgreSQL 14, this program brings \d+: /,
  ],
  [
    'that is no data folder',
    async (folder: string) => writeFile(join(folder, 'holiday.jpg'), ''),
    /is not empty and not a PostgreSQL data folder/,
  ],
] as const) {
  test(`given a folder ${situation}, when opened, then one line says so`, async (t) => {
    const { dataDir } = await dataFolder(t);
    await writeFile(join(dataDir, 'postgres.json'), '{"port":0,"password":"x"}');
    await mkdir(join(dataDir, 'postgres'));
    await prepare(join(dataDir, 'postgres'));
    await assert.rejects(
      open(dataDir),
      (error: Error) => message.test(error.message) && !error.message.includes('\n'),
    );
  });
}

test('given a DATA_DIR that is a file, when opened, then one line names it', async (t) => {
  const { dataDir } = await dataFolder(t, 'file');
  await writeFile(dataDir, '');
  await assert.rejects(open(dataDir), {
    code: 'DATABASE_FAULT',
    message: /^DATA_DIR .*file must be a folder/,
  });
});
