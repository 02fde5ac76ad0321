import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expectConsistent } from '../testing/index.ts';
import { type OneThread, startOneThread } from './testing/one-thread.ts';

/** Everything that a reader can see, in an order that does not depend on internal numbers. */
async function visible(almanac: OneThread, seed: string) {
  const { sql } = almanac;
  const works = await sql`
    select w.canonical_id, w.title, w.type, w.date, w.publisher, w.parent, w.live_records,
      (select array_agg(i.value order by i.value collate "C") from work_identifiers i where i.work_id = w.work_id) as ids
    from works w order by w.canonical_id collate "C"`;
  const people = await sql`
    select e.kind, e.id, e.name, (select array_agg(i.value order by i.value collate "C") from entity_ids i where i.entity_id = e.entity_id) as ids
    from entities e order by 1, 2`;
  const subjects = [
    ...works.map(({ canonical_id: id }) => ['publication', id] as const),
    ...people.map(({ kind, id }) => [kind as 'scholar' | 'partner', id] as const),
    ['country', 'NL'] as const,
    ['country', 'DE'] as const,
  ];
  const figures = [];
  for (const [type, id] of subjects)
    figures.push(await almanac.statistics(type, id, { granularity: 'day', byCountry: true }));
  const tops = await Promise.all(
    (['publications', 'scholars', 'partners'] as const).map((kind) => almanac.top(kind, 1_000)),
  );
  const { salts: _salts, ...status } = await almanac.status();
  return structuredClone({ seed, works: [...works], people: [...people], figures, tops, status });
}

const anyStep = fc.oneof(
  fc.record({
    do: fc.constant('deliver' as const),
    source: fc.constantFrom('s', 't'),
    partner: fc.constantFrom(undefined, 'p1', 'p2'),
    partnerName: fc.constantFrom(undefined, 'One', 'Uno'),
    events: fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        time: fc
          .integer({ min: 0, max: 100_000 })
          .map((seconds) => Date.parse('2024-06-30T10:00:00Z') + seconds * 1000),
        identifiers: fc.uniqueArray(
          fc.constantFrom('doi:10.1234/a', 'doi:10.1234/b', 'oai:r:1', 'http://r.example/1'),
          { minLength: 1, maxLength: 2 },
        ),
        country: fc.constantFrom('NL', 'DE'),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    do: fc.constant('deliver record' as const),
    record: fc.record({
      identifier: fc.constantFrom('oai:u:1', 'oai:u:2'),
      datestamp: fc.constantFrom('2024-07-01', '2024-07-02', null),
      deleted: fc.constant(false),
    }),
    ids: fc.subarray(['e', 'f', 'g']),
  }),
  fc.record({
    do: fc.constant('publish' as const),
    publication: fc.record({
      id: fc.constantFrom('r1', 'r2'),
      identifiers: fc.uniqueArray(
        fc.constantFrom('doi:10.1234/a', 'doi:10.1234/b', 'oai:r:1', 'http://r.example/1'),
        { minLength: 1, maxLength: 2 },
      ),
      title: fc.constantFrom('T', 'U'),
      authors: fc.array(
        fc.record({
          name: fc.constantFrom('Ann', 'Bob'),
          id: fc.constantFrom(undefined, 'x:1', 'x:2'),
          dai: fc.constantFrom(undefined, '071090665'),
        }),
        { maxLength: 2 },
      ),
      partners: fc.array(
        fc.record({ id: fc.constantFrom('p1', 'p2', 'p3'), name: fc.constantFrom(undefined, 'One', 'Eins') }),
        { maxLength: 2 },
      ),
      datestamp: fc.constantFrom(undefined, '2024-07-01', '2024-07-02', '2024-07-03T10:00'),
      deleted: fc.constantFrom(false, false, true),
    }),
  }),
  fc.record({
    do: fc.constantFrom('apply' as const, 'apply' as const, 'apply elsewhere' as const, 'roll' as const),
  }),
);

test('property: a replay gives every visible answer again, however the evidence fell into batches', async (t) => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 24, size: 'max' }), async (steps) => {
      const cleanUp: (() => Promise<void> | void)[] = [];
      const almanac = await startOneThread(
        Object.assign(Object.create(t), { after: (fn: () => void) => cleanUp.push(fn) }),
      );
      const elsewhere = almanac.newProcessor();
      try {
        for (const step of steps) {
          if (step.do === 'deliver')
            await almanac.deliver(step.events, {
              source: step.source,
              partner: step.partner,
              partnerName: step.partnerName,
            });
          else if (step.do === 'deliver record')
            await almanac.deliverRecords([
              {
                record: step.record,
                events: step.ids.map((id) => ({ id, at: `2024-07-0${step.ids.length}T10:00:00Z` })),
              },
            ]);
          else if (step.do === 'publish') await almanac.publish([withoutUndefined(step.publication)]);
          else if (step.do === 'apply') await almanac.apply();
          else if (step.do === 'roll') await almanac.roll();
          else while ((await elsewhere.step()) !== 'idle');
        }
        await almanac.settleAndCheck();
        const before = await visible(almanac, `run ${runs++}`);
        await almanac.replay();
        await expectConsistent(almanac.sql);
        assert.deepEqual(await visible(almanac, before.seed), before);
      } finally {
        for (const step of cleanUp.reverse()) await step();
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

function withoutUndefined<T extends object>(from: T): T {
  return JSON.parse(JSON.stringify(from));
}

test('given deliveries that go on during a replay, then none is lost and the figures are those of all', async (t) => {
  const almanac = await startOneThread(t, { max: 8 });
  for (let n = 0; n < 5; n++) await almanac.deliver([{ id: `a${n}`, at: `1${n}:00:00` }]);
  await almanac.settle();
  let late = 0;
  let replaying = true;
  const delivering = (async () => {
    while (replaying) {
      await almanac.deliver([
        { id: `late${late}`, at: `2024-07-${String(1 + (late++ % 20)).padStart(2, '0')}T10:00:00Z` },
      ]);
      await almanac.processor.step();
      await almanac.roller.step();
      await almanac.statistics('publication', 'doi:10.1234/one', { granularity: 'month', byCountry: true });
    }
  })();
  await almanac.replay();
  await almanac.replay();
  replaying = false;
  await delivering;
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 5 + late);
});

test('given evidence is missing, then a replay refuses and leaves everything as it was', async (t) => {
  const almanac = await startOneThread(t);
  for (let n = 0; n < 3; n++) await almanac.deliver([{ id: `a${n}`, at: `1${n}:00:00` }]);
  await almanac.settle();
  const before = await visible(almanac, '');
  await almanac.sql`delete from almanac.evidence where seq = 2`;
  await assert.rejects(almanac.replay(), /seq 2 is missing/);
  assert.deepEqual(await visible(almanac, ''), before);
  await almanac.deliver([{ id: 'b', at: '15:00:00' }]);
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 4);
});

test('given evidence that was set aside, then a replay goes on without it, and a later retry still works', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }]);
  const bad = await almanac.inbox.accept({
    ...{ account: 'account', kind: 'unheard-of', contentType: 'text/plain', restricted: true, params: {} },
    payload: { compressed: Buffer.alloc(0), bytes: 0, sha256: '00' },
    result: { accepted: 1, rejected: [] },
  });
  await almanac.deliver([{ id: 'b', at: '13:00:00' }]);
  await almanac.settle();
  assert.equal((await almanac.replay()).evidence, 2);
  assert.equal(await almanac.retry(bad), 1);
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 2);
});
