import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Observation, observe } from './observations.ts';

const HOUR = 3_600_000;

/** Observes values at hours, one after the other; answers the value believed after each. */
function series(...values: [hour: number, value: number][]): (number | null)[] {
  const known: Observation[] = [];
  let current: number | null = null;
  return values.map(([hour, value], no) => {
    const seen = observe(known, { at: hour * HOUR, no, value });
    for (const one of seen.stored) {
      const place = known.findIndex(({ no: number }) => number === one.no);
      if (place < 0) known.push(one);
      else known[place] = one;
    }
    current = seen.value ?? current;
    return current;
  });
}

test('given values that rise or stay, then each is believed at once', () => {
  assert.deepEqual(series([0, 0], [1, 5], [2, 5], [3, 7]), [0, 5, 5, 7]);
});

test('given a fall, then it is believed with the third same or lower value over 48 hours', () => {
  assert.deepEqual(series([0, 10], [1, 6], [25, 6], [49, 5]), [10, 10, 10, 5]);
  assert.deepEqual(series([0, 10], [1, 6], [25, 6], [48, 6]), [10, 10, 10, 10]);
  assert.deepEqual(series([0, 10], [1, 6], [25, 7], [49, 6]), [10, 10, 10, 10]);
});

test('given a fall to zero, then time alone never confirms it', () => {
  assert.deepEqual(series([0, 10], [1, 0], [49, 0], [97, 0], [200, 0]), [10, 10, 10, 10, 10]);
});

test('given a fall and then the old value or more, then the fall was none', () => {
  assert.deepEqual(series([0, 10], [1, 0], [2, 10], [3, 11], [50, 10]), [10, 10, 10, 11, 11]);
});

test('given an observation that comes late, then it joins the series and the latest value stays', () => {
  assert.deepEqual(series([10, 10], [5, 3], [6, 40]), [10, 10, 10]);
});

test('given the same observation again, then it does not count as another', () => {
  assert.deepEqual(series([0, 10], [1, 6], [60, 6], [60, 6], [60, 6]), [10, 10, 10, 10, 10]);
});
