import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSources } from './sources.ts';
import { startOneThread, type TestEvent } from './testing/one-thread.ts';

const one = 'doi:10.1234/one';
const record = (identifier: string, datestamp: string | null, deleted = false) => ({
  identifier,
  datestamp,
  deleted,
});

test('given the same identity with the same content, then it changes nothing', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }, { id: 'a' }]);
  const again = await almanac.deliver([{ id: 'a' }]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('publication', one), [1, 1, 1, 1]);
  assert.equal((await almanac.resultOf(again)).duplicates, 1);
  assert.equal((await almanac.status()).events, 1);
});

test('given the same identity with other content, then the one accepted later replaces the other', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }]);
  await almanac.settle();
  await almanac.deliver([
    { id: 'a', kind: 'investigation', country: 'DE', identifiers: ['doi:10.1234/two'] },
  ]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('publication', one), [0, 0, 0, 0]);
  assert.deepEqual(await almanac.figures('publication', 'doi:10.1234/two'), [0, 0, 1, 1]);
  assert.deepEqual(await almanac.figures('country', 'NL'), [0, 0, 0, 0]);
  assert.deepEqual(await almanac.figures('country', 'DE'), [0, 0, 1, 1]);
});

test('given a corrected time on another day, month and year, then the event moves there', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([
    { id: 'a', at: '2024-06-15T12:00:00Z' },
    { id: 'b', at: '2024-06-15T15:00:00Z' },
  ]);
  for (const at of [
    '2024-06-16T00:00:10Z',
    '2024-07-01T00:00:00Z',
    '2023-12-31T23:59:59Z',
    '1999-01-01T00:00:00Z',
  ]) {
    await almanac.settle();
    await almanac.deliver([{ id: 'a', at }]);
    await almanac.settleAndCheck();
    const { series } = (await almanac.statistics('publication', one, { granularity: 'day' })) ?? {};
    assert.deepEqual(
      series?.map(({ period }) => period),
      [at.slice(0, 10), '2024-06-15'].sort(),
    );
  }
});

test('given many corrections of one event in one batch of deliveries, then the last one stands', async (t) => {
  const almanac = await startOneThread(t);
  for (const at of ['2024-06-15T12:00:00Z', '2024-08-01T00:00:05Z', '2024-07-01T00:00:00Z'])
    await almanac.deliver([{ id: 'a', at }]);
  await almanac.settleAndCheck();
  const { series } = (await almanac.statistics('publication', one, { granularity: 'day' })) ?? {};
  assert.deepEqual(
    series?.map(({ period }) => period),
    ['2024-07-01'],
  );
});

test('given the same id from two sources, then it is two events', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }], { source: 's' });
  await almanac.deliver([{ id: 'a', at: '13:00:00' }], { source: 't' });
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('publication', one), [2, 2, 2, 2]);
});

test('given events without an id, then their content is their identity', async (t) => {
  const almanac = await startOneThread(t);
  const batch: TestEvent[] = [{}, {}, { at: '13:00:00' }, { session: 'x', at: '14:00:00' }];
  await almanac.deliver(batch);
  await almanac.deliver(batch.toReversed());
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 3);
});

test('given an event without an id in an OAI record, then its place in the record is its identity', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliverRecords([
    { record: record('oai:x:1', '2024-06-16'), events: [{}, { at: '13:00:00' }] },
  ]);
  await almanac.settle();
  await almanac.deliverRecords([
    { record: record('oai:x:1', '2024-06-17'), events: [{}, { at: '14:00:00', kind: 'investigation' }] },
  ]);
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 2);
  assert.deepEqual(await almanac.figures('publication', one), [1, 1, 2, 2]);
});

test('given a newer datestamp with fewer events, then the others are withdrawn; deleted, then all', async (t) => {
  const almanac = await startOneThread(t);
  const events = [{ id: 'a' }, { id: 'b', at: '13:00:00' }, { id: 'c', at: '2024-07-01T00:00:10Z' }];
  await almanac.deliverRecords([{ record: record('oai:x:1', '2024-07-02'), events }]);
  await almanac.deliverRecords([
    { record: record('oai:x:2', '2024-07-02'), events: [{ id: 'd', at: '14:00:00' }] },
  ]);
  await almanac.settle();
  assert.deepEqual(await almanac.figures('publication', one), [4, 4, 4, 4]);
  await almanac.deliverRecords([{ record: record('oai:x:1', '2024-07-03'), events: events.slice(1, 2) }]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('publication', one), [2, 2, 2, 2]);
  await almanac.deliverRecords([{ record: record('oai:x:1', '2024-07-04', true), events: [] }]);
  await almanac.settleAndCheck();
  // A record that is just no longer listed stays.
  assert.deepEqual(await almanac.figures('publication', one), [1, 1, 1, 1]);
});

test('given the same or an older datestamp, then nothing changes, also in one batch with the newer one', async (t) => {
  const almanac = await startOneThread(t);
  for (const pause of [true, false]) {
    const own = record(`oai:x:${pause}`, '2024-07-02T00:00:00Z');
    const source = `source-${pause}`;
    await almanac.deliverRecords([{ record: own, events: [{ id: 'a' }] }], { source });
    if (pause) await almanac.settle();
    await almanac.deliverRecords([{ record: own, events: [{ id: 'b', at: '13:00:00' }] }], { source });
    await almanac.deliverRecords([{ record: { ...own, datestamp: '2024-07-01' }, events: [] }], { source });
    await almanac.deliverRecords(
      [{ record: { ...own, datestamp: '2024-07-01', deleted: true }, events: [] }],
      { source },
    );
    await almanac.settleAndCheck();
  }
  assert.equal((await almanac.status()).events, 2);
});

test('given a deleted record that comes back, then its events count again', async (t) => {
  const almanac = await startOneThread(t);
  for (const [datestamp, deleted] of [
    ['2024-07-01', false],
    ['2024-07-02', true],
    ['2024-07-03', false],
  ] as const) {
    await almanac.deliverRecords([
      { record: record('oai:x:1', datestamp, deleted), events: deleted ? [] : [{ id: 'a' }] },
    ]);
    await almanac.settleAndCheck();
    assert.equal((await almanac.status()).events, deleted ? 0 : 1);
  }
});

test('given an event that moves from one record to another, then it stays, whichever record comes first', async (t) => {
  const almanac = await startOneThread(t);
  for (const [source, order] of [
    ['s', [0, 1]],
    ['t', [1, 0]],
  ] as const) {
    await almanac.deliverRecords(
      [{ record: record('oai:x:1', '2024-07-01'), events: [{ id: 'a' }, { id: 'b', at: '13:00:00' }] }],
      { source },
    );
    await almanac.settle();
    const moved = [
      { record: record('oai:x:1', '2024-07-02'), events: [{ id: 'a' }] },
      { record: record('oai:x:2', '2024-07-02'), events: [{ id: 'b', at: '13:00:00' }] },
    ];
    await almanac.deliverRecords(
      order.flatMap((place) => moved[place] ?? []),
      { source },
    );
    await almanac.settleAndCheck();
  }
  assert.equal((await almanac.status()).events, 4);
});

test('given a datestamp that is none, then the record counts and the rest of its page too', async (t) => {
  const almanac = await startOneThread(t);
  const evidence = await almanac.deliverRecords([
    { record: record('oai:x:1', 'yesterday'), events: [{ id: 'a' }] },
    { record: record('oai:x:2', '2024-07-01'), events: [{ id: 'b', at: '13:00:00' }] },
  ]);
  await almanac.settleAndCheck();
  assert.equal((await almanac.resultOf(evidence)).added, 2);
});

test('given the same batch twice, in two orders, from two clients at once, then the figures are those of once', async (t) => {
  const almanac = await startOneThread(t);
  const events = Array.from({ length: 40 }, (_, index) => ({
    id: `e${index}`,
    at: `2024-06-${10 + (index % 5)}T${10 + (index % 7)}:00:${10 + index}Z`,
  }));
  await almanac.deliver(events, { source: 'once' });
  await almanac.settle();
  const once = await almanac.figures('publication', one);
  await Promise.all([almanac.deliver(events), almanac.deliver(events.toReversed())]);
  const processors = [almanac.newProcessor(), almanac.newProcessor()];
  await Promise.all(
    processors.map(async (processor) => {
      while ((await processor.step()) !== 'idle');
    }),
  );
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 80);
  // The clicks of the two sources are the same people's, at the same times.
  assert.deepEqual(await almanac.figures('publication', one), once);
});

test('given a source name, then it belongs to the account that came first, for every process and at once', async (t) => {
  const { sql, clock } = await startOneThread(t, { max: 8 });
  for (let round = 0; round < 10; round++) {
    const claims = await Promise.all(
      ['ann', 'bob', 'cy'].map((account) =>
        createSources({ sql, now: () => clock.now }).claim(`source${round}`, account, false),
      ),
    );
    assert.equal(claims.filter(Boolean).length, 1);
  }
  const sources = createSources({ sql, now: () => clock.now });
  assert.equal(await sources.claim('mine', 'ann', false), true);
  assert.equal(await sources.claim('mine', 'bob', false), false);
  assert.equal(await sources.claim('mine', 'operator', true), true);
  assert.equal(await sources.claim('mine', 'ann', false), true);
});

test('given whole days that replace what came before, then older events of the source on those days go first', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([
    { id: 'a' },
    { id: 'b', at: '2024-06-16T10:00:00Z' },
    { id: 'c', at: '2024-06-16T00:00:05Z' },
  ]);
  await almanac.deliver([{ id: 'other', at: '15:00:00' }], { source: 'other' });
  await almanac.deliver([{ id: 'd', at: '14:00:00' }, { id: 'a' }], { replaceDays: ['2024-06-15'] });
  await almanac.settleAndCheck();
  const days = async () =>
    ((await almanac.statistics('publication', one, { granularity: 'day' }))?.series ?? []).map(
      (row) => `${row.period} ${row.total_item_requests}`,
    );
  assert.deepEqual(await days(), ['2024-06-15 3', '2024-06-16 2']);
  await almanac.deliver([], { replaceDays: ['2024-06-16', '1999-01-01', '2031-01-01'] });
  await almanac.settleAndCheck();
  assert.deepEqual(await days(), ['2024-06-15 3']);
});
