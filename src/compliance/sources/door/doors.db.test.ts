import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from '../../../platform/database/index.ts';
import { quietLog, testDatabase } from '../../../testing/index.ts';
import type { Source } from '../source.ts';
import { createDoors } from './doors.ts';

/** A clock that hardly waits: each sleep takes a millisecond and moves it on. */
function jumpingClock(start: number) {
  let now = start;
  return {
    now: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      await wait(1, undefined, signal === undefined ? {} : { signal }).catch(() => {});
      if (!signal?.aborted) now += ms;
    },
  };
}

/** Answers by a function, and remembers what it was asked. */
function played(name: Source['name'], ask: (question: string, key: string) => unknown, batch = 1) {
  const asked: string[][] = [];
  const source: Source = {
    name,
    limits: { perSecond: 100, burst: 100, inFlight: 2 },
    failuresToOpen: 5,
    batchSize: () => batch,
    async ask(question, keys) {
      asked.push([question, ...keys]);
      return { replies: keys.map((key) => ({ outcome: 'found', value: ask(question, key) })) };
    },
  };
  return { source, asked };
}

const day = Date.UTC(2031, 0, 1);
const doorsTo = (sql: Sql, source: Source, now = day) =>
  createDoors({ sql, sources: [source], clock: jumpingClock(now), random: () => 0.5, log: quietLog });
const openFor = (doors: ReturnType<typeof doorsTo>, id: string, signal = new AbortController().signal) =>
  doors.openFor({ id, giveUpAfterMs: 5_000, signal });

test('given the same question from several jobs at once, when asked, then it goes out once; the next day it goes out again', async (t) => {
  const { sql } = await testDatabase(t);
  const { source, asked } = played('crossref', (_question, key) => ({ key }));
  const doors = doorsTo(sql, source);
  const question = { source: 'crossref', question: 'work', key: '10.5555/a' } as const;
  const answers = await Promise.all(['a', 'b', 'c'].map((id) => openFor(doors, id).ask(question)));
  assert.deepEqual(asked, [['work', '10.5555/a']]);
  assert.deepEqual(
    new Set(answers.map((answer) => answer.outcome === 'found' && JSON.stringify(answer.value))).size,
    1,
  );
  await openFor(doorsTo(sql, source), 'another process').ask(question);
  assert.equal(asked.length, 1);
  await openFor(doorsTo(sql, source, day + 86_400_000), 'next day').ask(question);
  assert.equal(asked.length, 2);
});

test('given many questions of one kind, when asked, then they go out in batches, and each gets its own answer', async (t) => {
  const { sql } = await testDatabase(t);
  const { source, asked } = played('epmc', (_question, key) => key, 25);
  const asking = openFor(doorsTo(sql, source), 'a');
  const keys = Array.from({ length: 60 }, (_, n) => `PMC${n + 1}`);
  const answers = await Promise.all(
    keys.map((key) => asking.ask({ source: 'epmc', question: 'search.pmcid', key })),
  );
  assert.deepEqual(
    answers.map((answer) => answer.outcome === 'found' && answer.value),
    keys,
  );
  assert.equal(asked.length, 3);
});

test('given a database that refuses to look up or keep answers for good, when asked, then the source answers all the same', async (t) => {
  const { sql } = await testDatabase(t);
  await sql`alter table almanac.compliance_answers rename column value to elsewhere`;
  const { source, asked } = played('crossref', (_question, key) => ({ key }));
  const asking = openFor(doorsTo(sql, source), 'a');
  const answers = await Promise.all(
    ['10.5555/a', '10.5555/b'].map((key) => asking.ask({ source: 'crossref', question: 'work', key })),
  );
  assert.deepEqual(
    answers.map(({ outcome }) => outcome),
    ['found', 'found'],
  );
  assert.equal(asked.length, 2);
});

test("given more than a hundred journals in a job, when asked, then DOAJ's list of the day answers the rest", async (t) => {
  const { sql } = await testDatabase(t);
  const listed = { title: 'J', publisher: 'P', openSince: 2000, discontinued: null };
  const { source, asked } = played('doaj', (question) =>
    question === 'list' ? { 'issn-150': listed } : [listed],
  );
  const asking = openFor(doorsTo(sql, source), 'a');
  const answers = await Promise.all(
    Array.from({ length: 160 }, (_, n) =>
      asking.ask({ source: 'doaj', question: 'journal', key: `issn-${n}` }),
    ),
  );
  assert.equal(asked.filter(([question]) => question === 'journal').length, 100);
  assert.equal(asked.filter(([question]) => question === 'list').length, 1);
  assert.equal(answers[150]?.outcome, 'found');
  assert.equal(answers[151]?.outcome, 'not_found');
});

test('given a job that is called off, when it waits, then its questions end with the reason and no other job notices', async (t) => {
  const { sql } = await testDatabase(t);
  const gate = Promise.withResolvers<void>();
  const { source } = played('opf', () => 1);
  const ask = source.ask;
  const doors = doorsTo(sql, {
    ...source,
    async ask(...all) {
      await gate.promise;
      return ask(...all);
    },
  });
  const off = new AbortController();
  const question = { source: 'opf', question: 'journal', key: 'x' } as const;
  const left = openFor(doors, 'a', off.signal).ask(question);
  const stays = openFor(doors, 'b').ask(question);
  off.abort(new Error('called off'));
  await assert.rejects(left, /called off/);
  gate.resolve();
  assert.equal((await stays).outcome, 'found');
});
