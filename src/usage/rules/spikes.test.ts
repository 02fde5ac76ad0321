import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spikeOf } from './spikes.ts';

/** The direction of a month after twelve equal ones. */
const after = (mean: number, total: number) =>
  spikeOf([...Array<number>(12).fill(mean), total])?.direction ?? null;

test('given a month of 100 or more, then it is a spike when it is above three times the mean', () => {
  assert.equal(after(0, 100), 'above');
  assert.equal(after(0, 99), null);
  assert.equal(after(100, 301), 'above');
  assert.equal(after(100, 300), null);
});

test('given a mean of 20 or more, then a month under 1 % of it is a spike', () => {
  assert.equal(after(20, 0), 'below');
  assert.equal(after(19.9, 0), null);
  assert.equal(after(1_000, 9), 'below');
  assert.equal(after(1_000, 10), null);
});

test('given a spike, then the note gives a person the figures', () => {
  assert.deepEqual(spikeOf([...Array<number>(11).fill(10), 15, 400]), {
    direction: 'above',
    total: 400,
    mean: 125 / 12,
    note: '400 is more than three times the mean of the 12 months before, 10.4',
  });
});

test('given another number of months, then it is an error of the caller', () => {
  assert.throws(() => spikeOf([1, 2, 3]), RangeError);
});
