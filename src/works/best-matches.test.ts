import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byFitAndUse } from './best-matches.ts';

test('given works that fit some words, then the better fit comes first, then the more used, then the earlier', () => {
  const matches = [
    { work_id: 7, tier: 1 },
    { work_id: 1, tier: 3 },
    { work_id: 2, tier: 3 },
    { work_id: 3, tier: 3 },
    { work_id: 9, tier: 4 },
  ];
  const uses = new Map([
    [2, 5],
    [3, 40],
    [9, 1_000],
  ]);
  assert.deepEqual(byFitAndUse(matches, uses), [7, 3, 2, 1, 9]);
});
