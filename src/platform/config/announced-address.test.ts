import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { announceAddress, announcedAddress } from './index.ts';

test('given an announcement, then it is found until it is taken back', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-'));
  t.after(() => rm(folder, { recursive: true }));
  const dataDir = join(folder, 'data');
  assert.equal(await announcedAddress(dataDir), null);
  const takeBack = await announceAddress(dataDir, 'http://127.0.0.1:4711');
  assert.equal(await announcedAddress(dataDir), 'http://127.0.0.1:4711');
  await takeBack();
  assert.equal(await announcedAddress(dataDir), null);
  await writeFile(join(dataDir, 'server.json'), '{"url":');
  assert.equal(await announcedAddress(dataDir), null);
});
