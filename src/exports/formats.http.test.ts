import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { readTable } from '../platform/table/index.ts';
import { columns } from './register/columns.ts';
import { nightlyRegisterFiles } from './register/register-files.ts';
import { exportsApp, registerOf } from './testing/exports-app.ts';

const day = 'almanac_register_2026-03-05';

test('given a night, then each file read back holds the records of the dump', async (t) => {
  const app = await exportsApp(t);
  await app.post(registerOf('Open Shelves', { lat: -22.5, lon: 17, established_date: 1999 }), {
    seen: [1, 'ü'],
  });
  await app.post(
    registerOf('=HYPERLINK("http://x.example";"click")', { description: 'two\nlines, "quoted"' }),
  );
  await app.post({ metadata: [{ record: { name: 'Nothing else' } }] });
  await app.remove(await app.post(registerOf('Gone')));
  const records = await app.records();
  await nightlyRegisterFiles({ ...app.parts, days: 30 });

  const zipped = await (await app.get(`/exports/${day}.ndjson.gz`)).arrayBuffer();
  assert.equal(gunzipSync(zipped).toString(), await app.dump());

  const csv = await (await app.get(`/exports/${day}.csv`)).text();
  assert.ok(csv.startsWith('id,created_date,'));
  const rows = await rowsOf(csv);
  assert.deepEqual(
    rows.map((row) => ({
      register: JSON.parse(row.register ?? ''),
      admin: JSON.parse(row.admin ?? ''),
      ver: row.ver,
    })),
    records.map(({ register, admin, ver }) => ({ register, admin, ver: String(ver) })),
  );
  const hostile = rows.find(({ name }) => name?.includes('HYPERLINK'));
  assert.equal(hostile?.name, `'=HYPERLINK("http://x.example";"click")`);
  assert.equal(hostile?.description, 'two\nlines, "quoted"');
  const shelves = rows.find(({ name }) => name === 'Open Shelves');
  assert.deepEqual(
    [
      shelves?.lat,
      shelves?.country_code,
      shelves?.country,
      shelves?.language_code,
      shelves?.software,
      shelves?.oai_pmh,
    ],
    ['-22.5', 'NA', 'Namibia', 'en; fr', 'EPrints; DSpace', 'http://example.org/oai'],
  );

  const file = await (await app.get(`/exports/${day}.parquet`)).arrayBuffer();
  const read = await parquetReadObjects({ file });
  assert.deepEqual(
    read.map(({ register, admin, ver, id, last_updated: updated }) => ({
      register,
      admin,
      ver,
      id,
      updated,
    })),
    records.map(({ register, admin, ver, id, last_updated: updated }) => ({
      register,
      admin,
      ver,
      id,
      updated: new Date(updated),
    })),
  );
  const named = read.find(({ name }) => name === 'Open Shelves');
  assert.deepEqual([named?.lat, named?.lon, named?.established_date], [-22.5, 17, '1999']);
  assert.deepEqual(named?.language_code, ['en', 'fr']);
  const deleted = read.find((one) => one.deleted !== null);
  assert.deepEqual([deleted?.name, deleted?.software], [null, []]);
});

test('given an empty register, then its files have columns and no rows', async (t) => {
  const app = await exportsApp(t);
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const names = columns.map(({ name }) => name);
  assert.equal(await (await app.get(`/exports/${day}.csv`)).text(), `${names.join(',')}\r\n`);
  const file = await (await app.get(`/exports/${day}.parquet`)).arrayBuffer();
  assert.deepEqual(await parquetReadObjects({ file }), []);
  assert.deepEqual(
    (await app.list()).exports.map(({ rows }) => rows),
    [0, 0, 0],
  );
});

test('given more records than one row group takes, then Parquet has each once, in order', async (t) => {
  const app = await exportsApp(t);
  await app.post(registerOf('First'));
  await app.sql`
    insert into almanac.records (id, seq, created_date, last_updated, version_created, ver, deleted, register, admin)
    select md5(n::text), 1000000 + n, created_date, last_updated, version_created, ver, deleted, register, admin
    from almanac.records, generate_series(1, 4500) n`;
  await nightlyRegisterFiles({ ...app.parts, days: 30 });
  const file = await (await app.get(`/exports/${day}.parquet`)).arrayBuffer();
  const ids = (await parquetReadObjects({ file, columns: ['id'] })).map(({ id }) => String(id));
  assert.deepEqual(
    ids,
    (await app.records()).map(({ id }) => id),
  );
  assert.equal(ids.length, 4501);
  assert.deepEqual(
    (await app.list()).exports.map(({ rows }) => rows),
    [4501, 4501, 4501],
  );
});

async function rowsOf(csv: string): Promise<Record<string, string>[]> {
  const table = await readTable(() => [Buffer.from(csv)]);
  assert.ok(table.ok);
  const { header } = table;
  const rows: Record<string, string>[] = [];
  for await (const { cells } of table.rows)
    rows.push(Object.fromEntries(header.map((name, place) => [name, cells[place] ?? ''])));
  return rows;
}
