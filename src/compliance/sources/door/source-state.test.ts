import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { admit, backoffMs, newState, settle } from './source-state.ts';
import { createTickets, newTicket } from './tickets.ts';

const limits = { perSecond: 2, burst: 2, inFlight: 2 };
const middle = () => 0.5;
const ending = (id: string, failed: string | null | undefined, pauseUntil?: number) => ({
  id,
  failed,
  manners: pauseUntil === undefined ? {} : { pauseUntil },
  failuresToOpen: 5,
});

test('given a burst is spent, when more is asked, then it waits for the pace and for free places', () => {
  const state = newState(limits, 0);
  assert.equal(admit(state, limits, 'a', 0).kind, 'go');
  assert.equal(admit(state, limits, 'b', 0).kind, 'go');
  assert.deepEqual(admit(state, limits, 'c', 0), {
    kind: 'wait',
    until: 250,
    why: 'full',
    since: null,
    lastStatus: null,
  });
  settle(state, ending('a', null), 0, middle);
  assert.deepEqual(admit(state, limits, 'c', 0), {
    kind: 'wait',
    until: 500,
    why: 'pace',
    since: null,
    lastStatus: null,
  });
  assert.equal(admit(state, limits, 'c', 500).kind, 'go');
});

test('given a process died with a request, when its time is over, then its place is free again', () => {
  const state = newState(limits, 0);
  admit(state, limits, 'a', 0);
  admit(state, limits, 'b', 0);
  assert.equal(admit(state, limits, 'c', 44_000).kind, 'wait');
  assert.equal(admit(state, limits, 'c', 45_000).kind, 'go');
});

test('given Retry-After, when it is longer than 300 s, then the whole source stands for 300 s', () => {
  const state = newState(limits, 0);
  admit(state, limits, 'a', 0);
  settle(state, ending('a', 'HTTP 429', 3_600_000), 1_000, middle);
  assert.deepEqual(admit(state, limits, 'b', 2_000), {
    kind: 'wait',
    until: 301_000,
    why: 'stopped',
    since: 1_000,
    lastStatus: 'HTTP 429',
  });
  assert.equal(admit(state, limits, 'b', 301_000).kind, 'go');
});

test('given a source that names a pace, when more is asked, then its pace holds, unless a list could not end by it', () => {
  const paced = { perSecond: 10, burst: 1, inFlight: 5 };
  const waitAfter = (perSecond: number) => {
    const state = newState(paced, 0);
    admit(state, paced, 'a', 0);
    settle(state, { ...ending('a', null), manners: { perSecond } }, 0, middle);
    const next = admit(state, paced, 'b', 0);
    return next.kind === 'wait' ? next.until : 0;
  };
  assert.equal(waitAfter(2), 500);
  assert.equal(waitAfter(50), 100);
  assert.equal(waitAfter(1 / 86_400), 10_000);
});

test('given five failures in a row, when more is asked, then one probe goes a step, and an answer closes the breaker', () => {
  const state = newState(limits, 0);
  for (let n = 0; n < 5; n += 1) {
    assert.equal(admit(state, limits, `${n}`, n * 1_000).kind, 'go');
    settle(state, ending(`${n}`, 'timeout'), n * 1_000, middle);
  }
  const kept = admit(state, limits, 'x', 4_000);
  assert.deepEqual(kept, { kind: 'wait', until: 4_500, why: 'breaker', since: 4_000, lastStatus: 'timeout' });
  assert.deepEqual(admit(state, limits, 'p', 5_000), { kind: 'go', probe: true });
  const beside = admit(state, limits, 'q', 5_000);
  assert.equal(beside.kind === 'wait' && beside.why, 'probing');
  settle(state, ending('p', 'timeout'), 5_000, middle);
  const later = admit(state, limits, 'q', 5_000);
  assert.equal(later.kind === 'wait' && later.until, 6_000);
  assert.equal(admit(state, limits, 'q', 6_000).kind, 'go');
  settle(state, ending('q', null), 6_000, middle);
  assert.deepEqual([state.failures, state.breakerOpenedAt], [0, null]);
});

test('given four failures, an answer and four more, when asked, then the breaker is closed; what says nothing counts for nothing', () => {
  const state = newState(limits, 0);
  const outcomes = ['x', 'x', undefined, 'x', 'x', null, 'x', 'x', undefined, 'x', 'x'];
  for (const [n, failed] of outcomes.entries()) settle(state, ending(`${n}`, failed), n, middle);
  assert.equal(state.breakerOpenedAt, null);
});

test('given any number of failures, when the wait is drawn, then it is 0.5 s · 2ⁿ ± 20 %, at most 30 s ± 20 %', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, draw) => {
      const middleMs = Math.min(30_000, 500 * 2 ** Math.min(n, 20));
      const ms = backoffMs(n, () => draw);
      assert.ok(ms >= middleMs * 0.8 - 1e-6 && ms <= middleMs * 1.2 + 1e-6);
    }),
  );
});

const ticket = (key: string, question = 'q') => newTicket({ source: 'epmc', question, key });

test('given ten thousand questions of one job and five of another, when turns are taken, then the five come within ten', () => {
  const tickets = createTickets();
  for (let n = 0; n < 10_000; n += 1) tickets.add(ticket(`a${n}`), 'a');
  for (let n = 0; n < 5; n += 1) tickets.add(ticket(`b${n}`), 'b');
  const first = Array.from({ length: 10 }, () => tickets.take(0, () => 1)[0]?.asked.key ?? '');
  assert.equal(first.filter((key) => key.startsWith('b')).length, 5);
});

test('given questions of two kinds, some alone or not yet due, when a batch is taken, then only what goes together is in it', () => {
  const tickets = createTickets();
  for (let n = 0; n < 30; n += 1) tickets.add(ticket(`a${n}`, n % 2 === 0 ? 'even' : 'odd'), 'a');
  const alone = ticket('alone', 'even');
  alone.alone = true;
  const late = ticket('late', 'even');
  late.notBefore = 10;
  tickets.add(alone, 'b');
  tickets.add(late, 'b');
  const taken = tickets.take(0, () => 25);
  assert.equal(taken.length, 15);
  assert.ok(taken.every(({ asked, flying }) => asked.question === 'even' && flying));
  assert.deepEqual(
    tickets.take(0, () => 25),
    [alone],
  );
});
