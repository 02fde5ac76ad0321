import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOneThread, storedIdentity } from './testing/one-thread.ts';
import { createVerdictCounts } from './verdict-counts.ts';
import { countVerdicts } from './verdicts.ts';

test('given deliveries that are asked for at once, then each is told of its own events', async (t) => {
  const almanac = await startOneThread(t);
  const deliveries = [
    // What the next delivery makes a double click.
    [{ id: 'a', at: '12:00:00' }],
    [
      { id: 'b', at: '12:00:20' },
      { id: 'c', userAgent: 'bot' },
      { id: 'd', userAgent: 'bot' },
    ],
    [{ id: 'e', at: '15:00:00' }],
    // Known already, and a fact of the delivery before as well.
    [{ id: 'e', at: '15:00:00' }],
  ];
  for (const events of deliveries) await almanac.deliver(events);
  await almanac.settleAndCheck();

  const count = createVerdictCounts();
  const asked = deliveries.map((events) => ({
    // Twice the same in one delivery is one event.
    identities: [...events, ...events].map(({ id }) => storedIdentity('source', id)),
    from: '2024-06-15',
    until: '2024-06-15',
  }));
  const nobody = {
    identities: [storedIdentity('source', 'nobody')],
    from: '2024-01-01',
    until: '2024-12-31',
  };
  const counts = await Promise.all([...asked, nobody].map((delivery) => count(almanac.sql, delivery)));
  assert.deepEqual(
    counts.map(({ robot, double_click: doubleClick, counted }) => [robot, doubleClick, counted]),
    [
      [0, 1, 0],
      [2, 0, 1],
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 0],
    ],
  );
});

test('given a database that refuses, then all who asked are told, and the next one is answered', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }]);
  await almanac.settleAndCheck();
  const count = createVerdictCounts();
  const good = { identities: [storedIdentity('source', 'a')], from: '2024-06-15', until: '2024-06-15' };
  const bad = { ...good, from: 'no day' };
  const answers = await Promise.allSettled([count(almanac.sql, bad), count(almanac.sql, bad)]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal((await count(almanac.sql, good)).counted, 1);
});

test('given so many events that two connections share them, then the counts are those of one', async (t) => {
  const almanac = await startOneThread(t);
  const events = Array.from({ length: 12 }, (_, n) => ({
    id: `e${n}`,
    at: n % 3 === 0 ? '12:00:00' : '12:00:20',
    identifiers: [`oai:x:${n % 4}`],
    userAgent: n % 5 === 0 ? 'bot' : 'Browser/1',
  }));
  await almanac.deliver(events);
  await almanac.settleAndCheck();
  const works = await almanac.sql`select distinct work_id % 2 from usage_events`;
  assert.equal(works.length, 2);
  const deliveries = [events.slice(0, 7), events.slice(7)].map((some) => ({
    identities: some.map(({ id }) => storedIdentity('source', id)),
    from: '2024-06-15',
    until: '2024-06-15',
  }));
  const alone = await countVerdicts(almanac.sql, deliveries, 100);
  assert.deepEqual(
    alone.map(({ robot, double_click: doubleClick, counted }) => robot + doubleClick + counted),
    [7, 5],
  );
  assert.deepEqual(await countVerdicts(almanac.sql, deliveries, 1), alone);
});
