import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPortion } from './portion.ts';

const limits = { least: 100, most: 1_000, ms: 100 };

test('given quick steps, then a portion doubles up to its limit', () => {
  const portion = createPortion(limits);
  const sizes = Array.from({ length: 6 }, () => {
    const size = portion.size();
    portion.took(size, 1);
    return size;
  });
  assert.deepEqual(sizes, [100, 200, 400, 800, 1_000, 1_000]);
});

test('given a step that took too long, then the next one is as much smaller, but not less than the least', () => {
  const portion = createPortion({ ...limits, least: 10 });
  for (let step = 0; step < 8; step++) portion.took(portion.size(), 0);
  portion.took(1_000, 400);
  assert.equal(portion.size(), 250);
  portion.took(250, 100_000);
  assert.equal(portion.size(), 10);
});

test('given a step with little to do, then nothing is learnt from it', () => {
  const portion = createPortion(limits);
  portion.took(100, 50);
  portion.took(99, 90_000);
  assert.equal(portion.size(), 200);
});
