import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './make-folder.ts';

test('given folders that are missing or there, by several at once, then they are made and kept', async () => {
  const root = await mkdtemp(join(tmpdir(), 'almanac-folder-'));
  const path = join(root, 'a', 'b', 'c');
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(root, 'a', 'b'))]);
  await writeFile(join(path, 'file'), 'kept');
  await makeFolder(path);
  assert.deepEqual(await readdir(path), ['file']);
});

test('given a file in the way, then it is refused', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'almanac-folder-')), 'file');
  await writeFile(file, '');
  await assert.rejects(makeFolder(file), { code: 'EEXIST' });
  await assert.rejects(makeFolder(join(file, 'below', 'it')), { code: 'ENOTDIR' });
});

test('given a place where nothing can be made, then it is refused', {
  skip: !existsSync('/proc/self'),
}, async () => {
  await assert.rejects(makeFolder('/proc/almanac/data'), { code: 'ENOENT' });
});
