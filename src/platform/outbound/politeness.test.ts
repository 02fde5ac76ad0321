import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDoor, serve } from './loopback.ts';
import { createPoliteness, type HostLimits } from './politeness.ts';

/** Time that only passes by sleeping. */
function fakeClock() {
  let now = 0;
  return {
    now: () => now,
    async sleep(ms: number) {
      now += ms;
    },
  };
}

const granted = async (polite: ReturnType<typeof createPoliteness>, host = 'a') => {
  const permit = await polite.acquire(host);
  assert.ok(permit.ok);
  return permit;
};
const limits = (over: Partial<HostLimits>) => () => ({
  concurrency: 100,
  perSecond: 1000,
  burst: 1000,
  ...over,
});

test('given a bucket of 2 refilled once a second, when five turns are taken, then the last three wait a second each', async () => {
  const clock = fakeClock();
  const polite = createPoliteness(clock, limits({ perSecond: 1, burst: 2 }));
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    await granted(polite);
    times.push(Math.round(clock.now()));
  }
  assert.deepEqual(times, [0, 0, 1000, 2000, 3000]);
});

test('given one host at its limit, when another is asked, then it need not wait', async () => {
  const clock = fakeClock();
  const polite = createPoliteness(clock, limits({ perSecond: 0.001, burst: 1 }));
  await granted(polite, 'a');
  await granted(polite, 'b');
  assert.equal(clock.now(), 0);
});

test('given two places, when four come, then they get them in their order as places are given back', async () => {
  const polite = createPoliteness(fakeClock(), limits({ concurrency: 2 }));
  const order: number[] = [];
  const permits = [1, 2, 3, 4].map(async (n) => {
    const permit = await granted(polite);
    order.push(n);
    return permit;
  });
  const [first, second] = await Promise.all(permits.slice(0, 2));
  assert.deepEqual(order, [1, 2]);
  second?.release();
  second?.release(); // giving back twice frees one place
  await permits[2];
  assert.deepEqual(order, [1, 2, 3]);
  first?.release();
  await permits[3];
  assert.deepEqual(order, [1, 2, 3, 4]);
});

test('given a waiter that gives up, when it does, then it is told at once and those behind it are not held up', async () => {
  const polite = createPoliteness(fakeClock(), limits({ concurrency: 1 }));
  const first = await granted(polite);
  const giveUp = new AbortController();
  const second = polite.acquire('a', giveUp.signal);
  const third = granted(polite);
  giveUp.abort();
  assert.deepEqual(await second, { ok: false, until: null });
  first.release();
  assert.ok((await third).ok);
});

test('given a pause of a minute, when asked, then it is waited for; given a longer one, then the caller is told until when', async () => {
  const clock = fakeClock();
  const polite = createPoliteness(clock, limits({}));
  polite.learn('a', { pauseUntil: 60_000 });
  (await granted(polite)).release();
  assert.equal(clock.now(), 60_000);
  polite.learn('a', { pauseUntil: 120_001 });
  assert.deepEqual(await polite.acquire('a'), { ok: false, until: 120_001 });
  assert.equal(polite.pausedUntil('a'), 120_001);
  assert.equal(polite.pausedUntil('b'), null);
});

test('given headers that allow more, when learnt, then the bucket refills faster', async () => {
  const clock = fakeClock();
  const polite = createPoliteness(clock, limits({ perSecond: 1, burst: 1 }));
  await granted(polite);
  polite.learn('a', { rate: { requests: 50, perMs: 1000 } });
  await granted(polite);
  assert.equal(Math.round(clock.now()), 20);
});

test('given a door with one place per host, when many fetch at once, then the host never has two requests at a time', async (t) => {
  let now = 0;
  let most = 0;
  const origin = await serve(t, (_, response) => {
    now += 1;
    most = Math.max(most, now);
    setImmediate(() => {
      now -= 1;
      response.end();
    });
  });
  const door = openDoor(t, { limitsOf: limits({ concurrency: 1 }) });
  const answers = await Promise.all(Array.from({ length: 10 }, () => door.fetch(origin)));
  assert.ok(answers.every(({ ok }) => ok));
  assert.equal(most, 1);
});

test('given a streamed body left, discarded or never read, when the next asks, then the place is free again', async (t) => {
  const origin = await serve(t, (_, response) => response.write('some'));
  const door = openDoor(t, { limitsOf: limits({ concurrency: 1 }) });
  const left = await door.stream(origin);
  assert.ok(left.ok);
  for await (const _ of left.body) break;
  const discarded = await door.stream(origin);
  assert.ok(discarded.ok);
  discarded.discard();
  assert.ok((await door.stream(origin, { timeoutMs: 500 })).ok);
  assert.ok((await door.stream(origin)).ok);
});
