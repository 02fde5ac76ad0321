import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBreaker } from './breaker.ts';
import { openDoor, serve } from './loopback.ts';

const minute = 60_000;

function bench() {
  let now = 0;
  const opened: [string, number][] = [];
  const breaker = createBreaker(
    () => now,
    (host, until) => opened.push([host, until]),
  );
  const outcomes = (...list: ('success' | 'failure' | 'neutral')[]) => {
    for (const outcome of list) if (breaker.enter('a') === null) breaker.leave('a', outcome);
  };
  return {
    breaker,
    opened,
    outcomes,
    pass: (ms: number) => {
      now += ms;
    },
  };
}
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

test('given nine failures, when a success comes, then the count starts anew; the tenth in a row opens for 5 minutes', () => {
  const { breaker, opened, outcomes } = bench();
  outcomes(...times(9, 'failure' as const), 'success', ...times(9, 'failure' as const));
  assert.equal(breaker.openUntil('a'), null);
  outcomes('failure');
  assert.equal(breaker.openUntil('a'), 5 * minute);
  assert.equal(breaker.openUntil('b'), null);
  assert.deepEqual(opened, [['a', 5 * minute]]);
});

test('given half of the last 50 failed, when the fiftieth ends, then it opens; 24 of 50 do not', () => {
  const half = bench();
  for (let i = 0; i < 25; i += 1) half.outcomes('failure', 'success');
  assert.equal(half.breaker.openUntil('a'), null); // the fiftieth was a success; the next failure makes 25 of the last 50 again
  half.outcomes('failure');
  assert.equal(half.breaker.openUntil('a'), 5 * minute);
  const fewer = bench();
  for (let i = 0; i < 24; i += 1) fewer.outcomes('failure', 'success');
  fewer.outcomes('success', 'success', 'success', 'failure');
  assert.equal(fewer.breaker.openUntil('a'), null);
});

test('given an open breaker, when its time is over, then one probe goes through and others wait for it', () => {
  const { breaker, outcomes, pass } = bench();
  outcomes(...times(10, 'failure' as const));
  pass(5 * minute);
  assert.equal(breaker.enter('a'), null);
  assert.notEqual(breaker.enter('a'), null);
  breaker.leave('a', 'success');
  assert.equal(breaker.enter('a'), null);
  assert.equal(breaker.enter('a'), null);
});

test('given failing probes, when each fails, then the pause doubles up to 6 hours, each opening told once; a good probe resets it', () => {
  const { breaker, opened, outcomes, pass } = bench();
  outcomes(...times(10, 'failure' as const));
  const pauses: number[] = [];
  let now = 0;
  for (let i = 0; i < 9; i += 1) {
    const pause = (breaker.openUntil('a') ?? 0) - now;
    pauses.push(pause / minute);
    pass(pause);
    now += pause;
    outcomes('failure');
  }
  assert.deepEqual(pauses, [5, 10, 20, 40, 80, 160, 320, 360, 360]);
  assert.equal(opened.length, 10);
  pass(360 * minute);
  outcomes('success', ...times(10, 'failure' as const));
  assert.equal((breaker.openUntil('a') ?? 0) - now - 360 * minute, 5 * minute);
});

test('given a probe that we gave up, when it leaves, then the next one may probe', () => {
  const { breaker, outcomes, pass } = bench();
  outcomes(...times(10, 'failure' as const));
  pass(5 * minute);
  outcomes('neutral');
  assert.equal(breaker.enter('a'), null);
});

test('given requests let in before the opening, when they end well or badly, then the opening stands as it was', () => {
  const { breaker, opened, outcomes } = bench();
  breaker.enter('a');
  breaker.enter('a');
  outcomes(...times(10, 'failure' as const));
  breaker.leave('a', 'failure');
  breaker.leave('a', 'success');
  assert.equal(breaker.openUntil('a'), 5 * minute);
  assert.equal(opened.length, 1);
});

test('given a host that always fails, when fetched twice with five tries, then the breaker opens once and the third fetch sends nothing', async (t) => {
  let asked = 0;
  const origin = await serve(t, (_, response) => {
    asked += 1;
    response.writeHead(500).end();
  });
  const opened: string[] = [];
  const door = openDoor(t, { onBreakerOpen: (host) => opened.push(host) });
  await door.fetch(origin);
  await door.fetch(origin);
  const third = await door.fetch(origin);
  assert.ok(!third.ok && third.kind === 'suspended' && third.until !== undefined);
  assert.deepEqual([asked, opened], [10, [new URL(origin).host]]);
});

test('given bodies over our limit, when fetched again and again, then the host is not blamed', async (t) => {
  const origin = await serve(t, (_, response) => response.end('too much'));
  const door = openDoor(t);
  for (let i = 0; i < 12; i += 1) {
    const answer = await door.fetch(origin, { maxBytes: 1 });
    assert.ok(!answer.ok && answer.kind === 'too_large');
  }
});

test('given a door without breakers, when a host fails for ever, then it is asked on', async (t) => {
  let asked = 0;
  const origin = await serve(t, (_, response) => {
    asked += 1;
    response.writeHead(500).end();
  });
  const door = openDoor(t, { breaks: false });
  for (let i = 0; i < 15; i += 1) await door.fetch(origin, { retries: 0 });
  assert.equal(asked, 15);
});
