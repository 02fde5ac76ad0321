import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthOf } from './growth.ts';

test('given dates of foundation, when counted, then years add up and none between is left out', () => {
  const terms = [
    { term: '2003', count: 2 },
    { term: '2005-06', count: 1 },
    { term: '2005-06-07', count: 3 },
    { term: 'about 2004', count: 9 },
    { term: '0001', count: 9 },
  ];
  assert.deepEqual(growthOf(terms), [
    { year: 2003, founded: 2, total: 2 },
    { year: 2004, founded: 0, total: 2 },
    { year: 2005, founded: 4, total: 6 },
  ]);
  assert.deepEqual(growthOf([]), []);
});
