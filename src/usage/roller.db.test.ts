import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recomputeEntities } from './entity-roll-ups.store.ts';
import { applyRobotsList } from './robots-verdicts.ts';
import * as store from './roller.store.ts';
import { createRoller } from './roller.ts';
import { botsOnly, type OneThread, robotsList, startOneThread } from './testing/one-thread.ts';
import { recomputeWorkDays, recomputeWorkPeriods } from './work-roll-ups.store.ts';

const one = 'doi:10.1234/one';
const ann = 'orcid:0000-0002-1825-0097';
const annsWork = {
  id: 'r1',
  identifiers: [one],
  authors: [{ name: 'Ann', orcid: ann }],
  partners: [{ id: 'p1' }],
};

/** Recomputes as the roller does, and lets something else happen after the work-days or at the very end. */
async function rollWhile(
  almanac: OneThread,
  place: 'after the marks' | 'after the work-days' | 'at the end',
  other: () => Promise<void>,
) {
  await almanac.sql.begin(async (tx) => {
    assert.ok(await store.takeLanes(tx, store.ALL_LANES));
    const days = await store.takeDays(tx, 1_000, null);
    if (place === 'after the marks') await other();
    if (days !== null) {
      await recomputeWorkDays(tx, days.from, days.until);
      if (place === 'after the work-days') await other();
      await recomputeWorkPeriods(tx);
      await store.markEntities(tx);
    }
    if ((await store.takeEntities(tx, 1_000, null)) > 0) await recomputeEntities(tx);
    if (place === 'at the end') await other();
  });
}

for (const place of ['after the marks', 'after the work-days', 'at the end'] as const) {
  test(`given a record that comes while its work's first days are recomputed, ${place}, then its scholar has them`, async (t) => {
    const almanac = await startOneThread(t);
    await almanac.deliver([{ id: 'a' }], { partner: 'p2' });
    await almanac.apply();
    await almanac.publish([annsWork]);
    await rollWhile(almanac, place, almanac.apply);
    await almanac.settleAndCheck();
    assert.deepEqual(await almanac.figures('scholar', ann), [1, 1, 1, 1]);
    assert.deepEqual(await almanac.figures('partner', 'p1'), [1, 1, 1, 1]);
    assert.deepEqual(await almanac.figures('partner', 'p2'), [0, 0, 0, 0]);
  });

  test(`given works that join while their days are recomputed, ${place}, then all figures move`, async (t) => {
    const almanac = await startOneThread(t);
    await almanac.publish([{ id: 'r0', identifiers: ['oai:x:1'], authors: [{ name: 'Ann', orcid: ann }] }]);
    await almanac.deliver([
      { id: 'a', identifiers: ['oai:x:1'] },
      { id: 'b', at: '13:00:00', identifiers: ['http://r.example/1'] },
    ]);
    await almanac.apply();
    await almanac.publish([
      { ...annsWork, authors: [], identifiers: [one, 'oai:x:1', 'http://r.example/1'] },
    ]);
    await rollWhile(almanac, place, almanac.apply);
    await almanac.settleAndCheck();
    assert.deepEqual(await almanac.figures('publication', 'http://r.example/1'), [2, 2, 2, 2]);
    assert.deepEqual(await almanac.figures('scholar', ann), [2, 2, 2, 2]);
  });
}

test('given appliers and rollers at once over changing works and people, then all ends consistent', async (t) => {
  const almanac = await startOneThread(t, { max: 10 });
  let delivering = true;
  const loops = [
    ...[almanac.newProcessor(), almanac.newProcessor()].map((processor) => processor.step),
    ...[almanac.roller, almanac.roller, createRoller({ sql: almanac.sql })].map((roller) => roller.step),
  ].map(async (step) => {
    while (delivering || (await step()) !== 'idle') if (delivering) await step();
  });
  for (let round = 0; round < 25; round++) {
    const n = round % 4;
    const work = [`doi:10.1234/w${n}`, `http://r.example/${n}`];
    const events = Array.from({ length: 12 }, (_, index) => ({
      id: `${round % 9}-${index}`,
      at: `2024-0${1 + (index % 6)}-01T00:00:${10 + ((round + index) % 40)}Z`,
      identifiers: [work[index % 2] ?? ''],
      country: index % 3 === 0 ? 'DE' : 'NL',
    }));
    await almanac.deliver(events, { source: `s${round % 2}`, partner: `p${round % 3}` });
    const authors = [
      { name: 'Ann', id: `own:${round % 3}` },
      { name: 'Ann', id: `own:${round % 2}`, dai: round % 5 === 0 ? '071090665' : undefined },
    ];
    await almanac.publish([
      {
        id: `r${n}`,
        identifiers: work,
        authors,
        partners: [{ id: `p${round % 4}` }],
        deleted: round % 7 === 6,
      },
    ]);
  }
  delivering = false;
  await Promise.all(loops);
  await almanac.settleAndCheck();
});

test('given a new robots list, then history is re-stated and no event is sent again', async (t) => {
  const almanac = await startOneThread(t, { robots: botsOnly });
  await almanac.deliver([
    { id: 'a', userAgent: 'bot 1' },
    { id: 'b', at: '12:00:10', userAgent: 'Spider/1', user: 'u' },
    { id: 'c', at: '12:00:20', userAgent: 'Browser/1', user: 'u' },
    { id: 'd', at: '2024-06-30T23:59:50Z', user: 'v' },
    { id: 'e', at: '2024-07-01T00:00:10Z', user: 'v', userAgent: 'Spider/1' },
    { id: 'f', at: '14:00:00', userAgent: null, address: null },
  ]);
  await almanac.settleAndCheck();
  const days = async () =>
    ((await almanac.statistics('publication', one, { granularity: 'day' }))?.series ?? []).map(
      (row) => `${row.period} ${row.total_item_requests}`,
    );
  assert.deepEqual(await days(), ['2024-06-15 2', '2024-07-01 1']);
  assert.equal(await applyRobotsList(almanac.sql, robotsList('spider')), 2);
  await almanac.settleAndCheck();
  // The bot counts now; the spider's click on 1 July gives the one before midnight back.
  assert.deepEqual(await days(), ['2024-06-15 3', '2024-06-30 1']);
  assert.equal(await applyRobotsList(almanac.sql, robotsList('spider')), 0);
  assert.equal(await applyRobotsList(almanac.sql, botsOnly), 2);
  await almanac.settleAndCheck();
  assert.deepEqual(await days(), ['2024-06-15 2', '2024-07-01 1']);
});
