import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Deposit } from '../client/index.ts';
import { createClient } from '../client/index.ts';
import { type Depositing, depositing } from './testing/depositing.ts';
import { problemOf } from './testing/problem.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
let events: Depositing;
let operatorKey: string;

before(async () => {
  server = await startTestServer();
  events = depositing(server);
  operatorKey = await server.keyOf('operator', 'operator', 'deposit');
});
after(() => server.stop());

let made = 0;
/** A deposit about works of its own. */
function deposit(more: Deposit = {}): Deposit {
  made++;
  return {
    subj_id: `https://pages.example/${made}`,
    relation_type_id: 'references',
    obj_id: `10.1234/work-${made}`,
    source_id: 'wordpress',
    occurred_at: '2024-03-01T10:00:00Z',
    ...more,
  };
}

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const { stringify } = JSON;

test('given a push, when it is applied, then work, results and feed show it, by every spelling of the identifier', async () => {
  const one = deposit({
    subj: { title: 'A page', URL: 'https://pages.example/here' },
    obj: { title: 'A work', PMID: '9876543', author: [{ family: 'Sample', given: 'Ada' }] },
    total: 3,
  });
  assert.equal((await events.deposit([one])).added, 1);
  const { client } = server;
  const work = await client.events.work('pmid:9876543');
  assert.equal(work.id, `doi:${one.obj_id}`);
  assert.deepEqual(work.results, { wordpress: 3 });
  assert.equal(work.usage, null);
  assert.equal(work.title, 'A work');
  assert.equal((await client.events.work(`https://doi.org/${one.obj_id}`)).id, work.id);
  const { results } = await client.events.results({ work_id: 'pmid:9876543', granularity: 'month' });
  assert.deepEqual(results, [
    {
      work_id: work.id,
      source_id: 'wordpress',
      relation_type_id: 'references',
      total: 3,
      increments: 3,
      snapshot: null,
      events: 1,
      subjects: 1,
      first_occurred_at: '2024-03-01T10:00:00Z',
      last_occurred_at: '2024-03-01T10:00:00Z',
      series: [{ period: '2024-03', increments: 3, events: 1, snapshot: null }],
    },
  ]);
  const feed = await client.events.feed({ obj_id: `doi:${one.obj_id}` });
  assert.equal(feed.events.length, 1);
  assert.equal(feed.events[0]?.action, 'add');
  assert.equal(feed.events[0]?.obj_id, one.obj_id);
  assert.equal(feed.events[0]?.obj_work, work.id);
  const state = await client.events.deposit(feed.events[0]?.id ?? '');
  assert.deepEqual([state.state, state.outcome, state.obj_id], ['done', 'added', one.obj_id]);
  assert.equal((await server.ask('/api/works/10.1234%2Fnobody-knows')).status, 404);
});

test('given faults in a body, when it is pushed, then each is named with its place, and good items are taken', async () => {
  const many = await events.post({
    deposits: [
      deposit(),
      { ...deposit(), surprise: 1, total: -1, occurred_at: '2999-01-01', source_id: 'nowhere' },
      deposit({ obj_id: 'doi:10.1234/a b' }),
      { ...deposit(), total: 2 ** 53, subj: [] },
      deposit({ subj_id: `https://pages.example/${'x'.repeat(5_000)}` }),
      deposit({ relation_type_id: 'hates' }),
      { ...deposit(), obj_id: undefined },
      'nothing',
      deposit({ occurred_at: '2024-02-30' }),
      deposit({ obj: { DOI: 'none' } }),
      deposit({ extra: { text: 'y'.repeat(70_000) } }),
      deposit({ subj_id: 'https://doi.org/10.1234/Same', obj_id: '10.1234/same' }),
      { ...deposit(), uuid: 'x' },
      { ...deposit(), subj: { title: 'a\u0000b' } },
    ],
  });
  assert.equal(many.status, 202);
  const answer = (await many.json()) as Awaited<ReturnType<Depositing['push']>>;
  assert.equal(answer.accepted, 1);
  const faults = Object.fromEntries(
    answer.rejected.map(({ position, errors = [] }) => [position, errors.map(({ path }) => path)]),
  );
  assert.deepEqual(faults, {
    2: ['deposits[1].surprise', 'deposits[1].source_id', 'deposits[1].total', 'deposits[1].occurred_at'],
    3: ['deposits[2].obj_id'],
    4: ['deposits[3].total', 'deposits[3].subj'],
    5: ['deposits[4].subj_id'],
    6: ['deposits[5].relation_type_id'],
    7: ['deposits[6].obj_id'],
    8: ['deposits[7]'],
    9: ['deposits[8].occurred_at'],
    10: ['deposits[9].obj.DOI'],
    11: ['deposits[10].extra'],
    12: ['deposits[11].obj_id'],
    13: ['deposits[12].uuid'],
    14: ['deposits[13]'],
  });
  assert.match(answer.rejected[4]?.reason ?? '', /is_cited_by/);
  const single = await problemOf(await events.post({ deposit: { source_id: 'wordpress' } }), 400);
  assert.deepEqual(
    single.errors?.map(({ path }) => path),
    ['deposit.subj_id', 'deposit.obj_id'],
  );
});

test('given a body that is none, when it is pushed, then the answer says what it should be', async () => {
  for (const body of [
    {},
    { deposits: [] },
    { deposit: deposit(), deposits: [deposit()] },
    { deposits: {} },
    [],
  ])
    await problemOf(await events.post(body), 400);
  const tooMany = Array.from({ length: 10_001 }, () => ({}));
  assert.match((await problemOf(await events.post({ deposits: tooMany }), 400)).detail, /10000/);
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    server.ask('/api/deposits', {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, ...headers },
      body,
    });
  const json = { 'content-type': 'application/json' };
  assert.match((await problemOf(await send('{\n"deposit":', json), 400)).detail, /line 2/);
  await problemOf(await send('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415);
  await problemOf(
    await send(gzipSync(Buffer.alloc(20_000_000, ' ')), { ...json, 'content-encoding': 'gzip' }),
    413,
  );
  const good = gzipSync(stringify({ deposit: deposit() }));
  assert.equal((await send(good, { ...json, 'content-encoding': 'gzip' })).status, 202);
  assert.equal(
    (await server.ask('/api/deposits', { method: 'POST', headers: json, body: '{}' })).status,
    401,
  );
});

test('given the same uuid, when it says the same, something else, or is somebody else’s, then it is unchanged, edited or failed', async () => {
  const one = deposit({ uuid: uuid(1) });
  assert.equal((await events.deposit([one])).added, 1);
  assert.equal((await events.deposit([one])).unchanged, 1);
  assert.equal((await server.client.events.deposit(uuid(1))).outcome, 'unchanged');
  assert.equal((await events.deposit([{ ...one, total: 5 }])).edited, 1);
  assert.deepEqual((await server.client.events.work(one.obj_id ?? '')).results, { wordpress: 5 });
  const stranger = await server.keyOf('stranger', 'deposit');
  const tally = await events.deposit([{ ...one, total: 7 }], stranger);
  assert.equal(tally.failed, 1);
  assert.equal((await server.client.events.deposit(uuid(1))).total, 5);
  const theirs = await createClient({ baseUrl: server.url, token: stranger }).events.deposit(uuid(1));
  assert.equal(theirs.state, 'failed');
  assert.match(theirs.errors[0]?.message ?? '', /another account/);
  const event = await server.client.events.event(uuid(1));
  assert.equal(event.version, 2);
  assert.deepEqual(
    (event.versions as { total: number }[]).map(({ total }) => total),
    [1, 5],
  );
});

test('given other uuids, when they say what a live event says, then they are duplicates and count for nothing', async () => {
  const one = deposit({
    uuid: uuid(2),
    relation_type_id: 'is_cited_by',
    subj_id: '10.1234/cited',
    obj_id: '10.1234/citing',
  });
  const other = {
    ...one,
    uuid: uuid(3),
    relation_type_id: 'Cites',
    subj_id: 'doi:10.1234/CITING',
    obj_id: '10.1234/cited',
  };
  assert.equal((await events.deposit([one])).added, 1);
  assert.equal((await events.deposit([other])).duplicate, 1);
  const state = await server.client.events.deposit(uuid(3));
  assert.deepEqual([state.outcome, state.duplicate_of], ['duplicate', uuid(2)]);
  assert.deepEqual((await server.client.events.work('10.1234/cited')).results, { wordpress: 1 });
  assert.deepEqual((await server.client.events.work('10.1234/citing')).results, {});
});

test('given a delete, when it comes before, after and again, then the event is as its last word says', async () => {
  const one = deposit({ uuid: uuid(4), subj: { title: 'Gone' } });
  assert.equal((await events.deposit([{ uuid: uuid(4), message_action: 'delete' }])).not_found, 1);
  assert.equal((await events.deposit([one])).added, 1);
  const { meta } = await server.client.events.feed({ source_id: 'wordpress', size: 1000 });
  const deleted = await server.client.events.delete(uuid(4));
  assert.equal((await events.settled(deleted.evidence)).deleted, 1);
  const later = await server.client.events.feed({ source_id: 'wordpress', cursor: meta.next_cursor ?? '' });
  assert.deepEqual(
    later.events.map(({ id, action }) => [id, action]),
    [[uuid(4), 'delete']],
  );
  assert.deepEqual(Object.keys(later.events[0] ?? {}).sort(), [
    ...['action', 'changed_at', 'evidence', 'id', 'occurred_at', 'source_id', 'version'],
  ]);
  const gone = await server.ask(`/api/events/${uuid(4)}`);
  assert.equal(gone.status, 410);
  assert.doesNotMatch(await gone.text(), /Gone/);
  assert.deepEqual((await server.client.events.work(one.obj_id ?? '')).results, {});
  assert.equal((await events.deposit([one])).ignored_deleted, 1);
  assert.equal((await events.deposit([{ uuid: uuid(4), message_action: 'restore' }])).restored, 1);
  assert.deepEqual((await server.client.events.work(one.obj_id ?? '')).results, { wordpress: 1 });
  // By what it says, in another spelling, without its time.
  const pair = {
    subj_id: one.subj_id ?? '',
    obj_id: `https://doi.org/${one.obj_id}`,
    source_id: 'wordpress',
  };
  assert.equal((await events.deposit([{ ...pair, message_action: 'delete' }])).deleted, 1);
  assert.equal(
    (
      await server.ask(`/api/deposits/${uuid(999)}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${server.key}` },
      })
    ).status,
    404,
  );
});

test('given two clients that edit one event, then the later word holds and both versions are kept', async () => {
  const one = deposit({ uuid: uuid(5) });
  await events.deposit([one]);
  const edits = await Promise.all([2, 3, 4, 5].map((total) => events.push([{ ...one, total }])));
  for (const { evidence } of edits) await events.settled(evidence);
  const event = await server.client.events.event(uuid(5));
  assert.equal(event.version, 5);
  const versions = event.versions as { total: number }[];
  assert.deepEqual(versions.map(({ total }) => total).sort(), [1, 2, 3, 4, 5]);
  assert.equal(event.total, versions.at(-1)?.total);
});

test('given snapshots, when one falls, then the total stays until an operator confirms it', async () => {
  const object = '10.1234/snapshot';
  const snapshot = (total: number, day: string): Deposit =>
    deposit({
      source_id: 'mendeley',
      subj_id: 'https://mendeley.example/s',
      obj_id: object,
      total,
      occurred_at: day,
    });
  assert.equal((await events.deposit([snapshot(10, '2024-01-01')])).added, 1);
  assert.equal((await events.deposit([snapshot(12, '2024-01-02')])).edited, 1);
  assert.equal((await events.deposit([snapshot(12, '2024-01-03')])).unchanged, 1);
  assert.equal((await events.deposit([snapshot(0, '2024-01-04')])).held, 1);
  const result = async () =>
    (await server.client.events.results({ work_id: object, granularity: 'day' })).results[0];
  assert.deepEqual(
    [(await result())?.total, (await result())?.snapshot, (await result())?.events],
    [12, 12, 1],
  );
  assert.deepEqual(
    (await result())?.series?.map(({ period, snapshot: value }) => [period, value]),
    [
      ['2024-01-01', 10],
      ['2024-01-02', 12],
      ['2024-01-03', 12],
    ],
  );
  const operator = createClient({ baseUrl: server.url, token: operatorKey });
  const { alerts } = await operator.events.alerts({ state: 'open', work_id: object });
  assert.deepEqual(
    alerts.map((one) => [one.class, one.from, one.to]),
    [['count_decreased', 12, 0]],
  );
  assert.equal(
    (await server.ask('/api/alerts', { headers: { authorization: `Bearer ${server.key}` } })).status,
    403,
  );
  const settled = await operator.events.settleAlert(alerts[0]?.id ?? '', 'confirm');
  assert.equal(settled.state, 'confirmed');
  await operator.events.waitUntilSettled();
  assert.equal((await result())?.total, 0);
  assert.equal((await events.deposit([snapshot(4, '2024-02-01')])).edited, 1);
  assert.equal((await events.deposit([snapshot(2, '2024-02-02')])).held, 1);
  assert.equal((await events.deposit([snapshot(2, '2024-02-03')])).held, 1);
  assert.equal((await events.deposit([snapshot(1, '2024-02-04')])).edited, 1);
  assert.equal((await result())?.total, 1);
  assert.equal((await operator.events.alerts({ state: 'open', work_id: object })).alerts.length, 0);
});

test('given identifiers that join works, then events follow, and those that say the same become one', async () => {
  const page = 'https://pages.example/joined';
  await events.deposit([
    deposit({ uuid: uuid(20), subj_id: page, obj_id: '10.1234/join' }),
    deposit({ uuid: uuid(21), subj_id: page, obj_id: 'pmid:7654321' }),
  ]);
  const { meta } = await server.client.events.feed({ size: 1000 });
  await events.deposit([deposit({ uuid: uuid(22), obj_id: '10.1234/join', obj: { PMID: '7654321' } })]);
  const later = await server.client.events.feed({ cursor: meta.next_cursor ?? '' });
  assert.deepEqual(
    later.events.map(({ id, action }) => [id, action]),
    [
      [uuid(21), 'delete'],
      [uuid(22), 'add'],
    ],
  );
  const work = await server.client.events.work('pmid:7654321');
  assert.deepEqual([work.id, work.results], ['doi:10.1234/join', { wordpress: 2 }]);
  assert.equal((await server.client.events.deposit(uuid(21))).outcome, 'added');
  // A work with another DOI stays apart, and an operator hears of it.
  await events.deposit([deposit({ obj_id: '10.1234/other', obj: { PMID: '7654321' } })]);
  assert.equal((await server.client.events.work('10.1234/other')).id, 'doi:10.1234/other');
  assert.equal((await server.client.events.work('pmid:7654321')).id, 'doi:10.1234/join');
  const operator = createClient({ baseUrl: server.url, token: operatorKey });
  const { alerts } = await operator.events.alerts({ class: 'identifier_conflict' });
  assert.deepEqual(
    alerts.map(({ work_id: id }) => id),
    ['doi:10.1234/other'],
  );
});

test('given filters, formats and cursors, then the feed gives what was asked for and refuses another question’s cursor', async () => {
  await events.deposit([
    deposit({
      subj_id: 'https://en.wiki.example/A',
      obj_id: '10.5555/Feed',
      source_id: 'wikipedia',
      occurred_at: '2020-05-05T05:05:05Z',
    }),
    deposit({
      subj_id: 'https://de.wiki.example/A',
      obj_id: '10.5555/feed',
      source_id: 'wikipedia',
      occurred_at: '2020-05-06',
    }),
  ]);
  const count = async (query: Record<string, string>) =>
    (await server.client.events.feed({ ...query, count: 'true' })).meta.total;
  assert.equal(await count({ domain: 'wiki.example' }), 2);
  assert.equal(await count({ domain: 'en.wiki.example' }), 1);
  assert.equal(await count({ domain: 'n.wiki.example' }), 0);
  assert.equal(await count({ prefix: '10.5555' }), 2);
  assert.equal(await count({ work_id: 'doi:10.5555/feed', from: '2020-05-06', until: '2020-05-06' }), 1);
  assert.equal(await count({ work_id: 'doi:10.5555/feed', relation_type_id: 'cites' }), 0);
  const { meta } = await server.client.events.feed({ prefix: '10.5555', facets: 'source_id,domain' });
  assert.deepEqual(meta.facets, {
    source_id: [{ value: 'wikipedia', count: 2 }],
    domain: [
      { value: 'de.wiki.example', count: 1 },
      { value: 'en.wiki.example', count: 1 },
    ],
  });
  const other = await server.ask(`/api/events?cursor=${meta.next_cursor}`);
  await problemOf(other, 400);
  for (const cursor of ['x', '***', ''])
    await problemOf(await server.ask(`/api/events?cursor=${cursor}`), 400);
  const csv = await (await server.ask('/api/events?prefix=10.5555&format=csv')).text();
  assert.equal(csv.split('\r\n').length, 4);
  const lines = await server.ask('/api/events?prefix=10.5555&format=ndjson');
  assert.equal((await lines.text()).trim().split('\n').length, 2);
  const next = lines.headers.get('x-next-cursor') ?? '';
  const waiting = server.ask(`/api/events?prefix=10.5555&format=ndjson&wait=20&cursor=${next}`);
  await events.deposit([deposit({ obj_id: '10.5555/later', subj: { title: 'Later' } })]);
  assert.match(await (await waiting).text(), /10\.5555\/later/);
  const scholix = await server.client.events.feed({ prefix: '10.5555', format: 'scholix' });
  assert.equal(scholix.events.length, 3);
});

test('given a private source, then only operators see its events and totals', async () => {
  const one = deposit({ source_id: 'scopus', total_type: 'increment', obj_id: '10.1234/private' });
  await events.deposit([one]);
  assert.deepEqual((await server.client.events.work('10.1234/private')).results, {});
  assert.equal((await server.client.events.feed({ work_id: '10.1234/private' })).events.length, 0);
  const operator = createClient({ baseUrl: server.url, token: operatorKey });
  assert.deepEqual((await operator.events.work('10.1234/private')).results, { scopus: 1 });
  assert.equal((await operator.events.feed({ work_id: '10.1234/private' })).events.length, 1);
});

test('given sources, when operators make them, then deposits may name them, until they are retired', async () => {
  const operator = createClient({ baseUrl: server.url, token: operatorKey });
  assert.equal(
    (await operator.events.putSource('radio', { title: 'Radio', group: 'discussed' })).id,
    'radio',
  );
  assert.equal((await events.deposit([deposit({ source_id: 'radio' })])).added, 1);
  await operator.events.putSource('radio', { state: 'retired' });
  await problemOf(await events.post({ deposit: deposit({ source_id: 'radio' }) }), 400);
  const radio = (await server.client.events.sources()).find(({ id }) => id === 'radio');
  assert.deepEqual(
    [radio?.event_count, radio?.work_count, radio?.title, radio?.stale],
    [1, 1, 'Radio', false],
  );
  const put = (name: string, body: object) =>
    server.ask(`/api/sources/${name}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
      body: stringify(body),
    });
  await problemOf(await put('Radio', {}), 400);
  await problemOf(await put('radio', { surprise: true }), 400);
});

test('given works, then they are found by words, identifiers, type and source, in pages without repeats', async () => {
  await events.deposit(
    Array.from({ length: 5 }, (_, n) =>
      deposit({
        obj_id: `10.7777/w${n}`,
        source_id: 'reddit',
        total: n + 1,
        obj: { title: `Zebra crossing ${n}`, type: 'article-journal' },
      }),
    ),
  );
  const { client } = server;
  assert.equal((await client.events.works({ q: 'zebra' })).works.length, 5);
  assert.deepEqual(
    (await client.events.works({ q: 'doi:10.7777/W3' })).works.map(({ id }) => id),
    ['doi:10.7777/w3'],
  );
  await events.deposit(
    ['Of a zebra, crossing', 'Zebra crossing', 'The zebra crossing of Place', 'Crossing, and no zebra'].map(
      (title, n) => deposit({ obj_id: `10.7777/z${n}`, source_id: 'reddit', obj: { title, type: 'book' } }),
    ),
  );
  const best = { q: 'Zebra crossing', sort: 'relevance', size: 7 };
  const first = await client.events.works(best);
  assert.deepEqual(
    first.works.map(({ title }) => title),
    ['Zebra crossing', ...[0, 1, 2, 3, 4].map((n) => `Zebra crossing ${n}`), 'Of a zebra, crossing'],
    'the title itself, its beginnings, the words in a row',
  );
  const rest = await client.events.works({ ...best, cursor: first.meta.next_cursor ?? '' });
  assert.deepEqual(
    [rest.works.map(({ title }) => title), rest.meta.more],
    [['The zebra crossing of Place', 'Crossing, and no zebra'], false],
  );
  assert.deepEqual(
    (await client.events.works({ ...best, type: 'book', size: 1 })).works.map(({ id }) => id),
    ['doi:10.7777/z1'],
  );
  assert.deepEqual(
    (await client.events.works({ q: '10.7777/w3', sort: 'relevance' })).works.map(({ id }) => id),
    ['doi:10.7777/w3'],
  );
  await problemOf(await server.ask('/api/works?sort=relevance'), 400);
  const top = await client.events.works({ sort: '-reddit', size: 2, source_id: 'reddit' });
  assert.deepEqual(
    top.works.map(({ id }) => id),
    ['doi:10.7777/w4', 'doi:10.7777/w3'],
  );
  const next = await client.events.works({
    sort: '-reddit',
    size: 2,
    source_id: 'reddit',
    cursor: top.meta.next_cursor ?? '',
  });
  assert.deepEqual(
    next.works.map(({ id }) => id),
    ['doi:10.7777/w2', 'doi:10.7777/w1'],
  );
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.events.works({ size: 7, cursor });
    seen.push(...page.works.map(({ id }) => id));
    if (page.meta.next_cursor === null) break;
    cursor = page.meta.next_cursor;
  }
  const [{ works } = { works: 0 }] = await server.sql<{ works: number }[]>`select works from works_state`;
  assert.equal(new Set(seen).size, works);
  assert.equal(seen.length, works);
  assert.equal((await client.events.works({ ids: '10.7777/w1,doi:10.7777/w2' })).works.length, 2);
  assert.equal((await client.events.works({ type: 'article-journal', sort: '-updated_at' })).works.length, 5);
});

test('given all of this, then every stored total is what the events say', async () => {
  await events.expectConsistent();
});
