import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { replay } from '../app.ts';
import { createClient, type Deposit } from '../client/index.ts';
import { quietLog } from '../testing/index.ts';
import { type Depositing, depositing } from './testing/depositing.ts';
import { createEventsOracle } from './testing/events-oracle.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
let events: Depositing;
let otherKey: string;

before(async () => {
  server = await startTestServer();
  events = depositing(server);
  otherKey = await server.keyOf('other', 'deposit');
});
after(() => server.stop());

const uuidOf = (run: number, n: number): string =>
  `${String(run).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;

const anyDeposit = fc.record({
  id: fc.nat({ max: 11 }),
  action: fc.constantFrom('create', 'create', 'create', 'create', 'delete', 'restore'),
  subject: fc.nat({ max: 3 }),
  object: fc.nat({ max: 5 }),
  pmid: fc.option(fc.nat({ max: 2 }), { freq: 3 }),
  relation: fc.constantFrom('references', 'cites', 'is_cited_by'),
  source: fc.constantFrom('crossref', 'wordpress'),
  day: fc.nat({ max: 2 }),
  total: fc.integer({ min: 0, max: 4 }),
});

const batches = fc.array(
  fc.record({ other: fc.boolean(), deposits: fc.array(anyDeposit, { minLength: 1, maxLength: 12 }) }),
  { minLength: 1, maxLength: 5 },
);

test('property: totals are those of the rules applied one by one, however deposits come', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(batches, async (parts) => {
      run++;
      const oracle = createEventsOracle();
      const nameOf = (n: number): string =>
        n < 4 ? `doi:10.1234/r${run}.${n}` : `pmid:${run * 10 + (n - 4) + 1_000_000}`;
      let last = '';
      for (const { other, deposits } of parts) {
        const items = deposits.map((one): Deposit => {
          const uuid = uuidOf(run, one.id);
          if (one.action !== 'create') return { uuid, message_action: one.action as 'delete' | 'restore' };
          const object = nameOf(one.object);
          const subject = nameOf(one.subject);
          return {
            uuid,
            subj_id: subject === object ? `doi:10.1234/r${run}.page` : subject,
            obj_id: object,
            relation_type_id: one.relation,
            source_id: one.source,
            occurred_at: `2024-05-0${one.day + 1}T00:00:00Z`,
            total: one.total,
            ...(one.pmid === null || !object.startsWith('doi:')
              ? {}
              : { obj: { PMID: String(run * 10 + one.pmid + 1_000_000) } }),
          };
        });
        for (const item of items) oracle.take(item, other ? 'other' : 'depositor');
        last = (await events.push(items, other ? otherKey : server.key)).evidence;
      }
      await events.settled(last);
      for (let n = 0; n < 7; n++) {
        const id = nameOf(n);
        const { results } = await server.client.events.results({ work_id: id });
        const found = Object.fromEntries(
          results.map((row) => [
            `${row.source_id} ${row.relation_type_id}`,
            { total: row.total, events: row.events, subjects: row.subjects },
          ]),
        );
        assert.deepEqual(found, oracle.totals(id), id);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
  await events.expectConsistent();
});

test('given events of one delivery, the first edited since, when their works turn out to be one, then the first stays', async () => {
  const saying = (n: number, obj_id: string, total: number): Deposit => ({
    uuid: uuidOf(900, n),
    subj_id: 'https://pages.example/earliest',
    obj_id,
    source_id: 'reddit',
    total,
    occurred_at: '2024-05-01T00:00:00Z',
  });
  // By its uuid the second would come first.
  await events.deposit([saying(2, '10.1234/earliest', 5), saying(1, 'pmid:900900', 7)]);
  await events.deposit([saying(2, '10.1234/earliest', 6)]);
  await events.deposit([
    {
      subj_id: 'https://pages.example/other',
      obj_id: '10.1234/earliest',
      source_id: 'crossref',
      obj: { PMID: 900900 },
    },
  ]);
  assert.deepEqual((await server.client.events.work('pmid:900900')).results, { reddit: 6, crossref: 1 });
  const { results } = await server.client.events.results({
    work_id: '10.1234/earliest',
    source_id: 'reddit',
  });
  assert.deepEqual(
    results.map(({ total, events }) => [total, events]),
    [[6, 1]],
  );
});

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const part = (text: string): string => text.slice(Math.max(0, at - 300), at + 100);
  return `${part(a)}\nbecame\n${part(b)}`;
}

/** Everything that a reader can see, as bytes. */
async function visible(): Promise<string[]> {
  const operator = createClient({
    baseUrl: server.url,
    token: await server.keyOf('looker', 'operator'),
  });
  const pages: string[] = [];
  for (const path of ['/api/events', '/api/deposits', '/api/results', '/api/works']) {
    for (let cursor = ''; ; ) {
      const text = await (
        await server.ask(`${path}?size=1000${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).text();
      pages.push(text);
      const { meta } = JSON.parse(text) as { meta: { next_cursor: string | null; more: boolean } };
      if (!meta.more || meta.next_cursor === null) break;
      cursor = meta.next_cursor;
    }
  }
  const feed = JSON.parse(pages[0] ?? '{}') as { events: { id: string }[] };
  for (const { id } of feed.events.slice(0, 50))
    pages.push(await (await server.ask(`/api/events/${id}`)).text());
  pages.push(JSON.stringify(await operator.events.alerts({ size: 1000 })));
  pages.push(JSON.stringify(await operator.events.sources()));
  return pages;
}

test('given snapshots, conflicts, publications and words of operators as well, when all is replayed, then every answer is the same to the byte', async () => {
  const { client } = server;
  const snapshot = (total: number, day: number): Deposit => ({
    subj_id: 'https://readers.example/1',
    obj_id: '10.1234/replayed',
    relation_type_id: 'bookmarks',
    source_id: 'mendeley',
    total,
    occurred_at: `2024-03-0${day}`,
  });
  for (const [index, total] of [5, 9, 9, 3, 12, 0].entries())
    await events.deposit([snapshot(total, index + 1)]);
  await events.deposit([
    {
      subj_id: 'https://pages.example/x',
      obj_id: '10.1234/a',
      source_id: 'reddit',
      obj: { PMID: 55, title: 'Told' },
    },
    { subj_id: 'https://pages.example/x', obj_id: '10.1234/b', source_id: 'reddit', obj: { PMID: 55 } },
    { subj_id: 'https://pages.example/y', obj_id: 'oai:repo.example:1', source_id: 'reddit' },
    { subj_id: 'https://pages.example/y', obj_id: '10.1234/c', source_id: 'reddit' },
    { message_type: 'work', subj_id: '10.1234/c', source_id: 'crossref', subj: { title: 'By its agency' } },
  ]);
  const operator = createClient({ baseUrl: server.url, token: await server.keyOf('operator', 'operator') });
  const { alerts } = await operator.events.alerts({ class: 'count_decreased', state: 'open' });
  await operator.events.settleAlert(alerts[0]?.id ?? '', 'confirm');
  // A record says that what was two works is one; of two events that say the same then, one goes.
  const posted = await client.publications.post({
    publications: [{ id: 'oai:repo.example:1', identifiers: ['10.1234/c'], title: 'Of the record' }],
  });
  await events.settled(posted.evidence);
  assert.equal((await client.events.work('oai:repo.example:1')).id, 'doi:10.1234/c');
  assert.equal((await client.events.work('10.1234/c')).title, 'By its agency');
  assert.deepEqual((await client.events.work('10.1234/c')).results, { reddit: 1 });

  const before = await visible();
  await replay(server.config, quietLog, { start() {}, total() {}, advance() {}, end() {} });
  const again = await visible();
  const differs = before.findIndex((page, index) => page !== again[index]);
  // Only the first page that differs: all of them are a megabyte.
  assert.equal(differs, -1, firstDifference(before[differs] ?? '', again[differs] ?? ''));
  assert.equal(again.length, before.length);
  await events.expectConsistent();
});

test('given an item that the database refuses, then it alone is set aside, and stays so in a replay', async () => {
  const { sql } = server;
  await sql.unsafe(`
    create function public.refuse() returns trigger language plpgsql as $$
    begin if new.total = 4321 then raise exception 'refused for the test'; end if; return new; end $$;
    create trigger refuse before insert on derived.events for each row execute function public.refuse()`);
  const bad = uuidOf(0, 1);
  const tally = await events.deposit(
    Array.from({ length: 20 }, (_, n) => ({
      ...(n === 13 ? { uuid: bad } : {}),
      subj_id: `https://pages.example/refused/${n}`,
      obj_id: '10.1234/refused',
      source_id: 'reddit',
      total: n === 13 ? 4321 : 1,
      subj: { title: 'fine' },
    })),
  );
  assert.deepEqual([tally.added, tally.failed], [19, 1]);
  const state = await server.client.events.deposit(bad);
  assert.deepEqual([state.state, state.errors[0]?.message], ['failed', 'refused for the test']);
  assert.equal(
    (await server.client.events.deposits({ state: 'failed' })).deposits.some(({ id }) => id === bad),
    true,
  );
  await sql.unsafe('drop trigger refuse on derived.events; drop function public.refuse()');
  await replay(server.config, quietLog, { start() {}, total() {}, advance() {}, end() {} });
  assert.equal((await server.client.events.deposit(bad)).state, 'failed');
  assert.deepEqual((await server.client.events.work('10.1234/refused')).results, { reddit: 19 });
});
