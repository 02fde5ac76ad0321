import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from './one-at-a-time.ts';

test('given works of which one fails, then each has its turn and its own outcome', async () => {
  const inTurn = oneAtATime();
  let running = 0;
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((number) =>
      inTurn(async () => {
        assert.equal(++running, 1);
        await new Promise(setImmediate);
        running--;
        if (number === 2) throw new Error('no');
        return number;
      }),
    ),
  );
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed')),
    [1, 'failed', 3],
  );
});
