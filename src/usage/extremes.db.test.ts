import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeContextObjects, takeEventLines } from './deliveries.ts';
import { type OneThread, startOneThread } from './testing/one-thread.ts';

// What a stranger may send and we accept must be applicable: evidence set aside is for bugs.

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function tools(almanac: OneThread) {
  assert.ok(await almanac.sources.claim('source', 'account', false));
  return {
    tools: {
      inbox: almanac.inbox,
      salts: almanac.salts,
      now: () => almanac.clock.now,
      countryOf: () => 'ZZ',
    },
    head: { account: 'account', source: 'source', partner: null, contentType: 'application/xml' },
  };
}

const times = [
  '0100-01-01T00:00:00Z',
  '0100-01-01T00:00:30+14:00',
  '1582-10-10T00:00:00Z',
  '1999-12-31T23:59:59.999Z',
  '2000-01-01T00:00:30Z',
  '2024-02-29T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '2024-08-01T23:59:59Z',
];

test('given event lines at the ends of every range, then all that was accepted is applied', async (t) => {
  const almanac = await startOneThread(t);
  const { tools: parts, head } = await tools(almanac);
  const item = 'doi:10.1234/one';
  const extremes: object[] = [
    ...times.map((time) => ({ time, item })),
    ...[0, 100, 999].map((status) => ({ time: '2024-06-15T12:00:00Z', item, status })),
    {
      time: '2024-06-15T12:00:01Z',
      item,
      user_agent: '\u0001\t\\N\u{10ffff}'.repeat(1_000),
      referrer: '\\.',
      method: 'g\\t',
    },
    {
      time: '2024-06-15T12:00:02Z',
      item: `http://r.example/${'ü'.repeat(300)}`,
      user: '',
      cookie: '',
      session: '',
      address: '',
    },
    {
      time: '2024-06-15T12:00:03Z',
      item: `urn:x:${'y'.repeat(2_000)}`,
      id: 'z'.repeat(5_000),
      address: 'not an address',
    },
    { time: '2024-06-15T12:00:04Z', item: 'constructor:__proto__', id: '__proto__' },
  ];
  const taken = await takeEventLines(
    parts,
    head,
    chunks(extremes.map((line) => JSON.stringify(line)).join('\n')),
    { matchKnown: false },
  );
  assert.ok('evidence' in taken);
  await almanac.settleAndCheck();
  const { added } = await almanac.resultOf(taken.evidence);
  assert.deepEqual([taken.rejected, added], [[], extremes.length]);
});

test('given context objects at the ends of every range, then all that was accepted is applied', async (t) => {
  const almanac = await startOneThread(t);
  const { tools: parts, head } = await tools(almanac);
  const object = (time: string, id: string, inside = ''): string =>
    `<context-object identifier="${id}" timestamp="${time}"><referent><identifier>info:doi/10.1234/one</identifier></referent>${inside}</context-object>`;
  const statuses = ['0', '-1', '99999', '4294967296', '1e3', 'OK', '200.0', ' 200 '];
  const inside = [
    ...statuses.map(
      (status) => `<administration><oa><status_code>${status}</status_code></oa></administration>`,
    ),
    ...['USA', 'Nederland', 'QQ', '1', 'Côte d’Ivoire', 'zz'].map(
      (country) => `<requester><country>${country}</country></requester>`,
    ),
  ];
  const objects = [
    ...times.map((time, index) => object(time, `t${index}`)),
    ...inside.map((part, index) => object('2024-06-15T12:00:00Z', `i${index}`, part)),
  ];
  const records = objects.map(
    (text, index) =>
      `<record><header><identifier>oai:x:${index}</identifier><datestamp>${['', '0000-00-00', '2024-13-45', '9999-12-31T23:59:59Z', 'now'][index % 5]}</datestamp></header><metadata>${text}</metadata></record>`,
  );
  const page = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${records.join('').replaceAll('<context-object ', '<context-object xmlns="info:ofi/fmt:xml:xsd:ctx" ')}</ListRecords></OAI-PMH>`;
  for (const body of [
    `<context-objects xmlns="info:ofi/fmt:xml:xsd:ctx">${objects.join('')}</context-objects>`,
    page,
  ]) {
    const taken = await takeContextObjects(parts, head, chunks(body));
    assert.ok('evidence' in taken, JSON.stringify(taken));
    assert.deepEqual(taken.rejected, []);
    await almanac.settleAndCheck();
    await almanac.resultOf(taken.evidence);
    assert.equal((await almanac.status()).events, objects.length);
  }
});

test('given publications with every oddity that is accepted, then they are applied', async (t) => {
  const almanac = await startOneThread(t);
  const evidence = await almanac.publish([
    {
      id: '1',
      identifiers: ['doi:10.1234/one', 'doi:10.1234/one', 'http://r.example/1'],
      datestamp: '2024-07-01T10:00',
      title: '\\N\t',
    },
    {
      id: '2',
      identifiers: ['doi:10.1234/one'],
      datestamp: '1900-01-01',
      authors: [
        { name: 'N', id: 'x:1', orcid: '0000-0002-1825-0097' },
        { name: 'N', orcid: '0000-0002-1825-0097' },
        { name: '???' },
      ],
    },
    {
      id: '3',
      identifiers: ['isbn:9780306406157'],
      urls: [
        { url: 'http://r.example/1', kind: 'file' },
        { url: 'http://r.example/1', kind: 'page' },
      ],
      partners: [{ id: 'P' }, { id: 'P', name: 'P' }, { name: 'Ö' }],
    },
    {
      id: '__proto__',
      identifiers: ['constructor:x'],
      authors: [{ name: 'constructor' }],
      parent: { title: 'P', type: 'Journal' },
    },
    { id: '4', deleted: true },
    { id: '2', deleted: true, datestamp: '9999-12-31' },
  ]);
  await almanac.settleAndCheck();
  assert.deepEqual(
    await almanac.resultOf(evidence).then(({ stored, deleted, older }) => [stored, deleted, older]),
    [4, 2, 0],
  );
});

test('given events of several months, then each month has a partition of its own', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver(
    ['2024-01-31T23:59:59Z', '2024-03-01T00:00:00Z', '1990-05-05T00:00:00Z', '2023-12-31T00:00:00Z'].map(
      (at) => ({ id: at, at }),
    ),
  );
  await almanac.settleAndCheck();
  const bounds = await almanac.sql<{ bound: string }[]>`
    select pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'usage_events'::regclass order by 1`;
  const month = (from: string, to: string): string => `FOR VALUES FROM ('${from}') TO ('${to}')`;
  assert.deepEqual(
    bounds.map(({ bound }) => bound),
    [
      month('2023-12-01', '2024-01-01'),
      month('2024-01-01', '2024-02-01'),
      // The shadow of 1 March's first second.
      month('2024-02-01', '2024-03-01'),
      month('2024-03-01', '2024-04-01'),
      "FOR VALUES FROM (MINVALUE) TO ('2000-01-01')",
    ],
  );
});

test('given one delivery of a batch that cannot be applied, then nothing of what was looked up for it is remembered', async (t) => {
  const almanac = await startOneThread(t);
  const event = (id: string): object => ({
    id,
    identifiers: [`doi:10.1234/${id}`],
    at: '2023-05-05T00:00:01Z',
    userAgent: `Browser ${id}`,
  });
  await almanac.deliver([event('a')], { partner: 'p1' });
  const bad = await almanac.deliver([event('a'), event('b')], { source: 'lost', partner: 'p2' });
  await almanac.deliver([event('a'), event('b'), event('c')], { source: 'other', partner: 'p2' });
  await almanac.sql`delete from almanac.usage_sources where name = 'lost'`;
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('publication', 'doi:10.1234/b'), [1, 1, 1, 1]);
  assert.equal((await almanac.status()).queued, 0);
  const [row] = await almanac.sql`select state, reason from almanac.evidence where id = ${bad}`;
  assert.deepEqual({ ...row }, { state: 'failed', reason: 'the source lost is not known' });
  assert.ok(await almanac.sources.claim('other', 'account', false));
  await almanac.sql`insert into almanac.usage_sources (name, account, created_at) values ('lost', 'account', now())`;
  assert.equal(await almanac.retry(), 1);
  await almanac.settleAndCheck();
  assert.equal((await almanac.status()).events, 6);
});
