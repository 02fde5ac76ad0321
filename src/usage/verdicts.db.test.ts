import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyEvents } from './rules/fixtures/any-events.ts';
import { keptClicks } from './rules/oracle.ts';
import { startOneThread, storedIdentity } from './testing/one-thread.ts';
import { verdictOf } from './verdicts.ts';

test('property: an event is said to count when, and only when, the definition keeps it', async (t) => {
  const almanac = await startOneThread(t);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(anyEvents, async (events) => {
      const source = `s${runs++}`;
      const own = events.map((event) => ({ ...event, identity: storedIdentity(source, event.identity) }));
      const sent = events.map((event) => ({
        ...event,
        id: event.identity,
        identifiers: [`doi:10.1234/${source}-${event.work}`],
        ...(event.robot ? { userAgent: 'bot' } : {}),
      }));
      const evidence = await almanac.deliver(sent, { source });
      await almanac.apply();
      const kept = new Set(keptClicks(own).map(({ identity }) => identity));
      const counted = new Set<string>();
      for (const { identity } of own)
        if ((await verdictOf(almanac.sql, identity))?.rule === null) counted.add(identity);
      assert.deepEqual(counted, kept);
      assert.equal((await almanac.describe(evidence)).counted, kept.size);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test('given an event that a rule takes, then the verdict names the first that does', async (t) => {
  const almanac = await startOneThread(t);
  const cases = {
    kind: { kind: 'other', method: 'HEAD' },
    method: { method: 'HEAD', status: 404 },
    status: { status: 206, excludedClass: true },
    class: { excludedClass: true, userAgent: 'bot' },
    robot: { userAgent: 'bot' },
    double_click: { at: '12:00:00' },
  } as const;
  const evidence = await almanac.deliver([
    ...Object.entries(cases).map(([id, event]) => ({ id, ...event })),
    { id: 'kept', at: '12:00:30', country: 'DE' },
  ]);
  await almanac.settleAndCheck();
  for (const rule of Object.keys(cases)) {
    assert.equal((await verdictOf(almanac.sql, storedIdentity('source', rule)))?.rule, rule);
  }
  assert.deepEqual(await verdictOf(almanac.sql, storedIdentity('source', 'kept')), {
    identity: (await verdictOf(almanac.sql, storedIdentity('source', 'kept')))?.identity,
    work: 'doi:10.1234/one',
    day: '2024-06-15',
    ms: 12 * 3_600_000 + 30_000,
    kind: 'r',
    status: 200,
    country: 'DE',
    source: 'source',
    userAgent: 'Browser/1',
    rule: null,
  });
  assert.equal(await verdictOf(almanac.sql, storedIdentity('source', 'nobody')), null);
  const { robot, double_click: doubleClick, counted } = await almanac.describe(evidence);
  assert.deepEqual([robot, doubleClick, counted], [1, 1, 1]);
});

test('given a delivery of which a part is known, then its verdicts are on what it brought', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }, { id: 'b', at: '13:00:00' }]);
  await almanac.settle();
  const evidence = await almanac.deliver([
    { id: 'a' },
    { id: 'c', at: '14:00:00' },
    { id: 'b', at: '13:00:00' },
    { id: 'd', at: '12:00:10' },
  ]);
  await almanac.settleAndCheck();
  const result = await almanac.resultOf(evidence);
  assert.deepEqual([result.added, result.duplicates], [2, 2]);
  assert.deepEqual((await almanac.describe(evidence)).counted, 2);
  assert.equal((await almanac.describe(evidence)).double_click, 0);
});
