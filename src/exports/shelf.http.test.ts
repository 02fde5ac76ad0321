import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ndjson } from './register/formats.ts';
import { nightlyRegisterFiles, readRegister, shelveRegister } from './register/register-files.ts';
import { exportsApp, registerOf } from './testing/exports-app.ts';

const csv = 'almanac_register_2026-03-05.csv';

test('given a night, then the list has size, rows, checksum, licence, and the manifest is the list', async (t) => {
  const app = await exportsApp(t);
  assert.deepEqual(await app.list(), { exports: [] });
  await app.post(registerOf('One'));
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const { exports } = await app.list();
  assert.deepEqual(
    exports.map(({ file }) => file),
    ['ndjson.gz', 'csv', 'parquet'].map((end) => `almanac_register_2026-03-05.${end}`),
  );
  for (const entry of exports) {
    const bytes = Buffer.from(await (await app.get(`/exports/${entry.file}`)).arrayBuffer());
    assert.deepEqual(entry, {
      file: entry.file,
      type: 'register',
      month: '2026-03',
      rows: 1,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      created_at: '2026-03-05T00:29:00Z',
      license: 'CC0-1.0',
    });
  }
  assert.deepEqual(JSON.parse(await readFile(join(app.folder, 'manifest.json'), 'utf8')), { exports });
  assert.match(await readFile(join(app.folder, 'README.md'), 'utf8'), /\| `oai_pmh` \| list: /);
});

test('given the job again on the same day, then only what is missing is made; asked for by hand, it is another file', async (t) => {
  const app = await exportsApp(t);
  await shelveRegister(app.parts, ['csv']);
  const before = await readFile(join(app.folder, csv));
  await app.post(registerOf('Later'));
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const files = (await app.list()).exports.map(({ file }) => String(file));
  assert.equal(files.length, 3);
  assert.deepEqual(await readFile(join(app.folder, csv)), before);
  const [again] = await shelveRegister(app.parts, ['csv']);
  assert.equal(again?.file, 'almanac_register_2026-03-05-r2.csv');
  assert.equal(again?.rows, 1);
  assert.deepEqual(await readFile(join(app.folder, csv)), before);
});

test('given several processes at once, then none loses what another put there', async (t) => {
  const app = await exportsApp(t);
  await Promise.all(Array.from({ length: 4 }, () => shelveRegister(app.parts, ['csv'])));
  const files = (await app.list()).exports.map(({ file }) => file).sort();
  assert.deepEqual(files, [csv, ...[2, 3, 4].map((n) => csv.replace('.csv', `-r${n}.csv`))].sort());
});

test('given a failure or an end in the middle, then nothing of it is there', async (t) => {
  const app = await exportsApp(t);
  await app.post(registerOf('One'));
  await assert.rejects(shelveRegister(app.parts, ['ndjson.gz', 'csv'], AbortSignal.abort()), {
    name: 'AbortError',
  });
  await app.sql`update almanac.records set register = '{"metadata":7}'`;
  await app.sql`alter table almanac.records rename column admin to hidden`;
  await assert.rejects(shelveRegister(app.parts, ['csv']), /admin/);
  await assert.rejects(shelveRegister(app.parts, ['ndjson.gz']), /admin/);
  await assert.rejects(shelveRegister(app.parts, ['parquet']), /admin/);
  assert.deepEqual(await readdir(app.folder), []);
  assert.deepEqual(await app.list(), { exports: [] });
});

test('given a process killed while it writes, then no file has the name, and what is served is as before', async (t) => {
  const app = await exportsApp(t);
  await shelveRegister(app.parts, ['csv']);
  const before = await app.list();
  const program = `
    const { writeDraft } = await import(${JSON.stringify(new URL('./shelf/write-file.ts', import.meta.url))});
    async function* content() {
      yield 'half of a file';
      process.stdout.write('written');
      setInterval(() => {}, 1000);
      await new Promise(() => {});
    }
    await writeDraft(process.argv[1], content());`;
  const target = join(app.folder, 'almanac_register_2026-03-06.csv');
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, target], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const names = await readdir(app.folder);
  assert.deepEqual(names.filter((name) => !name.startsWith('.')).sort(), [csv, 'manifest.json']);
  assert.equal(names.filter((name) => name.startsWith('.partial-')).length, 1);
  assert.deepEqual(await app.list(), before);
});

test('given what a killed process left, then it is not served and goes after a while', async (t) => {
  const app = await exportsApp(t);
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const [half, unlisted] = [
    '.partial-0123-almanac_register_2026-03-04.csv',
    'almanac_register_2026-03-04.csv',
  ];
  for (const name of [half, unlisted, 'notes.txt']) {
    await writeFile(join(app.folder, name), 'id\r\n');
    assert.equal((await app.get(`/exports/${name}`)).status, 404);
    await utimes(join(app.folder, name), new Date(app.clock.time), new Date(app.clock.time));
  }
  app.clock.time += 86_400_000 + 1;
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const after = await readdir(app.folder);
  assert.deepEqual([after.includes(half), after.includes(unlisted)], [false, true]);
  app.clock.time += 30 * 86_400_000;
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const late = await readdir(app.folder);
  assert.deepEqual([late.includes(unlisted), late.includes('notes.txt')], [false, true]);
});

test('given files older than they are kept, then they leave list and folder, and younger ones stay', async (t) => {
  const app = await exportsApp(t);
  for (const _ of [1, 2, 3, 4]) {
    await nightlyRegisterFiles({ ...app.parts, days: 2 });
    app.clock.time += 86_400_000;
  }
  const days = (await app.list()).exports.map(({ file }) => String(file).slice(17, 27));
  assert.deepEqual([...new Set(days)], ['2026-03-08', '2026-03-07', '2026-03-06']);
  const names = await readdir(app.folder);
  assert.equal(names.filter((name) => name.startsWith('almanac_register_')).length, 9);
});

test('given writes while a file is made, then it holds one state of the register', async (t) => {
  const app = await exportsApp(t);
  await app.post(registerOf('One'));
  const before = await app.dump();
  let text = '';
  const rows = await readRegister(app.sql, ndjson, async (content) => {
    // The snapshot begins with the first page.
    for await (const chunk of content) {
      text += chunk;
      await app.post(registerOf('Meanwhile'));
    }
  });
  assert.deepEqual([rows, text], [1, before]);
});

test('given a name that is not in the list, then 404, whatever it is made of', async (t) => {
  const app = await exportsApp(t);
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  await writeFile(join(app.folder, '..', 'secret'), 'secret');
  const names = [
    'manifest.json',
    'README.md',
    '..%2Fsecret',
    '%2e%2e%2fsecret',
    '..%5Csecret',
    '%2Fetc%2Fpasswd',
    `${csv}%00`,
    `.%2F${csv}`,
    'constructor',
  ];
  for (const name of names) {
    const answer = await app.get(`/exports/${name}`);
    assert.ok([400, 404].includes(answer.status), `${name}: ${answer.status}`);
    assert.match(answer.headers.get('content-type') ?? '', /problem\+json/);
    assert.ok(!(await answer.text()).includes('"secret"'));
  }
  await rm(join(app.folder, csv));
  assert.equal((await app.get(`/exports/${csv}`)).status, 404);
});
