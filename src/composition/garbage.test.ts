import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthPercent } from './garbage.ts';

const MEBI = 1024 * 1024;

test('given a heap, then it may grow by 40 MiB, within 20 and 60 per cent of it', () => {
  assert.equal(growthPercent(10 * MEBI), 60);
  assert.equal(growthPercent(100 * MEBI), 40);
  assert.equal(growthPercent(1_000 * MEBI), 20);
});
