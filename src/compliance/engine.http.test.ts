import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAll, readProgress, submitJson, submitTable, until, untilOver } from './testing/calls.ts';
import { askOnce, found, startHouse } from './testing/house.ts';

const articles = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => ({ pmid: String(from + at) }));

test('given five articles behind three thousand whose source is slow, then the five do not wait', async (t) => {
  const gate = Promise.withResolvers<void>();
  const house = await startHouse(t, {
    async upstream({ key }) {
      if (Number(key) < 10_000) await gate.promise;
      return found();
    },
  });
  const long = await submitJson(house.url, { articles: articles(3_000) });
  const short = await submitJson(house.url, { articles: articles(5, 20_000) });
  const over = await untilOver(house.url, short.id);
  assert.equal(over.counts.done, 5);
  assert.equal((await readProgress(house.url, long.id)).counts.done, 0);
  gate.resolve();
  let before = 0;
  await until(
    () => readProgress(house.url, long.id),
    ({ pc, status }) => {
      assert.ok(pc >= before, 'pc fell');
      assert.equal(pc === 100, status === 'complete');
      before = pc;
      return status === 'complete';
    },
  );
});

test('given a record that throws, then it is finished with a note and the others are done', async (t) => {
  const house = await startHouse(t, {
    async resolve(draft, asking) {
      if (draft.identifiers.pmid === '2') throw new Error('a bug');
      return askOnce(draft, asking);
    },
  });
  const { id } = await submitJson(house.url, { articles: articles(3) });
  const over = await untilOver(house.url, id);
  assert.deepEqual([over.status, over.counts.done], ['complete', 3]);
  const records = await readAll(house.url, id);
  assert.deepEqual(
    records.map(({ provenance }) => provenance.at(-1)?.code),
    ['epmc.found', 'processor.failed', 'epmc.found'],
  );
});

test('given an engine that stops in the middle, then the next one goes on, and nothing is done twice', async (t) => {
  const asked: string[] = [];
  const gate = Promise.withResolvers<void>();
  const house = await startHouse(t, {
    async upstream({ key }) {
      asked.push(key);
      if (Number(key) > 10) await gate.promise;
      return found();
    },
  });
  const { id } = await submitJson(house.url, { articles: articles(30) });
  await until(
    () => readProgress(house.url, id),
    ({ counts }) => counts.done === 10,
  );
  await house.restart();
  gate.resolve();
  const over = await untilOver(house.url, id);
  assert.deepEqual(over.counts, { rows: 30, records: 30, ignored: 0, done: 30, unavailable: 0 });
  assert.equal(asked.filter((key) => Number(key) <= 10).length, 10);
});

test('given leases of a process that is gone, then they are taken over when they end', async (t) => {
  const gate = Promise.withResolvers<void>();
  const house = await startHouse(t, {
    async upstream() {
      await gate.promise;
      return found();
    },
  });
  const { id } = await submitJson(house.url, { articles: articles(3) });
  await until(
    async () => (await house.sql`select from almanac.compliance_records where leased_by is not null`).length,
    (count) => count === 3,
  );
  // As if another process held them, and was killed.
  await house.sql`update almanac.compliance_records set leased_by = 'gone' where job_id = ${id}`;
  gate.resolve();
  house.pass(60_000);
  const over = await untilOver(house.url, id);
  assert.equal(over.counts.done, 3);
});

test('given a list whose reader was killed, then another reads it from its beginning', async (t) => {
  const house = await startHouse(t);
  const id = 'a'.repeat(32);
  await house.sql`
    insert into almanac.compliance_jobs (id, created_date, filename, media_type, kind, options, leased_by, leased_until)
    values (${id}, now(), 'l.csv', 'text/csv', 'table', '{"give_up_after":9,"policies":[],"panel":"A"}', 'gone', now())`;
  await house.sql`insert into almanac.compliance_originals (job_id, part, bytes) values (${id}, 0, ${Buffer.from('PMID\n7\n8\n')})`;
  await house.sql`
    insert into almanac.compliance_records (job_id, pos, id, created_date, last_updated, source, given, notes)
    values (${id}, 1, 'half', now(), now(), '{}', '{}', '[]')`;
  const over = await untilOver(house.url, id);
  assert.deepEqual([over.status, over.counts.records], ['complete', 2]);
});

test('given records that share identifiers, then each says so with their number and places, and each has its row', async (t) => {
  const house = await startHouse(t, {
    upstream: ({ key }) => found({ licence: 'cc-by', pmcid: key === '10.1234/a' ? 'PMC9' : 'PMC8' }),
  });
  const list = ['doi,pmid', ...Array.from({ length: 30 }, () => '10.1234/A,'), '10.1234/b,5', ',5'].join(
    '\n',
  );
  const { id } = await submitTable(house.url, list);
  await untilOver(house.url, id);
  const records = await readAll(house.url, id);
  assert.equal(records.length, 32);
  const first = records[0]?.provenance.filter(({ code }) => code.startsWith('duplicate'));
  assert.deepEqual(
    first?.map(({ code, params }) => [
      code,
      params?.count,
      (params?.positions as number[] | undefined)?.length,
    ]),
    [
      ['duplicate.pmcid', 30, 20],
      ['duplicate.doi', 30, 20],
    ],
  );
  assert.equal(
    first?.[0]?.note,
    "This record's PMCID is a duplicate of another in the same upload. Compliance results should therefore be reviewed carefully, in case this indicates an erroneous set of identifiers",
  );
  assert.deepEqual(
    records[31]?.provenance.filter(({ code }) => code.startsWith('duplicate')).map(({ code }) => code),
    ['duplicate.pmcid', 'duplicate.pmid'],
  );
});

test('given an address for mail, then two messages are left for it, and no answer tells it', async (t) => {
  const house = await startHouse(t);
  const { id } = await submitJson(house.url, { articles: articles(1), contact_email: 'reader@example.org' });
  await untilOver(house.url, id);
  assert.deepEqual(
    house.mails.map(({ to, subject }) => `${to} ${subject}`),
    [
      'reader@example.org [Almanac] Your list articles.json was accepted',
      'reader@example.org [Almanac] Your list articles.json is finished',
    ],
  );
  assert.match(house.mails[1]?.text ?? '', /Records finished: 1/);
  for (const path of [`/download_progress/${id}?format=json`, `/api/compliancejob/progress/${id}`])
    assert.doesNotMatch(await (await fetch(house.url + path)).text(), /reader@/);
});

test('given a source that stays away, then parked steps are tried after 5 minutes, 10 minutes and so on, and end after a week', async (t) => {
  let asked = 0;
  const house = await startHouse(t, {
    upstream() {
      asked += 1;
      return { outcome: 'unavailable', status: '503', at: '2026-01-01T00:00:00Z' };
    },
  });
  const { id } = await submitJson(house.url, { articles: articles(1) });
  await untilOver(house.url, id);
  for (const [minutes, times] of [
    [5, 2],
    [10, 3],
    [20, 4],
  ] as const) {
    house.pass(minutes * 60_000);
    await until(
      async () => asked,
      (count) => count === times,
    );
    await until(
      async () =>
        (
          await house.sql`select from almanac.compliance_records where leased_by is null and retries = ${times - 1}`
        ).length,
      (count) => count === 1,
    );
  }
  assert.equal((await readProgress(house.url, id)).status, 'complete');
});

test('given an answer that the database does not take, then its record fails alone', async (t) => {
  const house = await startHouse(t, {
    upstream: ({ key }) => found({ licence: 'cc-by', pmcid: key === '2' ? 'PMC\u0000' : 'PMC1' }),
  });
  const { id } = await submitJson(house.url, { articles: articles(3) });
  await untilOver(house.url, id);
  const records = await readAll(house.url, id);
  assert.deepEqual(
    records.map(({ compliance, provenance }) => [compliance.licence.type, provenance.at(-1)?.code]),
    [
      ['cc-by', 'epmc.found'],
      [null, 'processor.failed'],
      ['cc-by', 'epmc.found'],
    ],
  );
});
