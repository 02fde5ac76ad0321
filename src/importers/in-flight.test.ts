import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInFlight } from './in-flight.ts';

test('given a limit of two, when five tasks are added, then never more than two run', async () => {
  let running = 0;
  let most = 0;
  let done = 0;
  const inFlight = createInFlight(2);
  for (let task = 0; task < 5; task++) {
    await inFlight.add(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      done++;
    });
  }
  await inFlight.drain();
  assert.deepEqual([most, done], [2, 5]);
});

test('given a task that fails, when the next is added or all are awaited, then its failure comes out', async () => {
  const inFlight = createInFlight(1);
  await inFlight.add(async () => {
    throw new Error('first');
  });
  await assert.rejects(() => inFlight.add(async () => {}), /first/);
  await assert.rejects(() => inFlight.drain(), /first/);
});
