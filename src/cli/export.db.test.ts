import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { testDatabase } from '../testing/index.ts';
import { run } from './testing/run.ts';

async function setUp(t: Parameters<typeof testDatabase>[0]) {
  const { sql, url, dataDir } = await testDatabase(t);
  const id = '0123456789abcdef0123456789abcdef';
  await sql`
    insert into almanac.records (id, seq, created_date, last_updated, version_created, ver, deleted, register, admin)
    values (${id}, 1, now(), now(), now(), 1, false, '{"metadata":[{"record":{"name":"Open Shelves"}}]}', '{}')`;
  const env = { DATABASE_URL: url, DATA_DIR: dataDir };
  const folder = await mkdtemp(join(dataDir, 'out-'));
  return { id, dataDir, folder, run: (...args: string[]) => run(['export', ...args], env) };
}

test('given export without --out, then a dated file lies in DATA_DIR/exports and its path is printed', async (t) => {
  const { run, dataDir, id } = await setUp(t);
  const { code, out, err } = await run('json');
  assert.deepEqual([code, err], [0, '']);
  const path = out.trim();
  assert.match(path, /almanac_register_\d{4}-\d\d-\d\d\.ndjson\.gz$/);
  assert.ok(path.startsWith(join(dataDir, 'exports')));
  assert.equal(JSON.parse(gunzipSync(await readFile(path)).toString()).id, id);
  const second = JSON.parse((await run('json', '--json')).out);
  assert.match(second.file, /-r2\.ndjson\.gz$/);
  assert.equal(second.rows, 1);
});

test('given --out FILE, then the register is there in that format', async (t) => {
  const { run, folder, id } = await setUp(t);
  const file = (name: string) => join(folder, name);
  assert.equal((await run('csv', '--out', file('a.csv'))).out, `${file('a.csv')}\n`);
  assert.match(await readFile(file('a.csv'), 'utf8'), /\r\n0123456789abcdef.*Open Shelves/);
  await run('json', '--out', file('a.ndjson'));
  assert.equal(JSON.parse(await readFile(file('a.ndjson'), 'utf8')).id, id);
  await run('json', '--out', file('a.gz'));
  assert.equal(gunzipSync(await readFile(file('a.gz'))).toString(), await readFile(file('a.ndjson'), 'utf8'));
  await run('parquet', '--out', file('a.parquet'));
  const bytes = await readFile(file('a.parquet'));
  const [row] = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  });
  assert.equal(row?.name, 'Open Shelves');
  assert.deepEqual((await readdir(folder)).sort(), ['a.csv', 'a.gz', 'a.ndjson', 'a.parquet']);
});

test('given --out -, then standard output has the register and nothing else', async (t) => {
  const { run, dataDir, id } = await setUp(t);
  const { code, out } = await run('json', '--out', '-');
  assert.deepEqual([code, JSON.parse(out).id], [0, id]);
  const parquet = Buffer.from((await run('parquet', '--out', '-')).out, 'latin1');
  const [row] = await parquetReadObjects({ file: new Uint8Array(parquet).buffer });
  assert.equal(row?.id, id);
  assert.ok(!(await readdir(dataDir)).includes('exports'));
});

test('given a device or a folder to write to, then it is refused; a link is followed', async (t) => {
  const { run, folder } = await setUp(t);
  for (const out of [folder, '/dev/null']) {
    const { code, err } = await run('csv', '--out', out);
    assert.deepEqual([code, err], [1, `almanac: ${out} is not a file\n`]);
  }
  await writeFile(join(folder, 'real.csv'), 'old');
  await symlink(join(folder, 'real.csv'), join(folder, 'link.csv'));
  await run('csv', '--out', join(folder, 'link.csv'));
  assert.match(await readFile(join(folder, 'real.csv'), 'utf8'), /^id,/);
  assert.equal((await run('xml')).code, 2);
});
