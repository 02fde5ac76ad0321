import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { takeContextObjects, takeEventLines, takePing } from './deliveries.ts';
import { readPing } from './openurl.ts';
import { createSalts } from './salts.ts';
import { type OneThread, startOneThread } from './testing/one-thread.ts';

const DAY = 86_400_000;

/** What must not be found at rest, in any spelling. */
const secrets = [
  '198.51.100.77',
  '2001:db8::beef',
  'secret-user',
  'secret-cookie',
  'secret-session',
  'secret-pseudonym',
];

/** All text of all tables, and all evidence as it was accepted. */
async function everythingStored({ sql }: OneThread): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('almanac', 'derived', 'public', 'graphile_worker')`;
  let all = '';
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ line: string }[]>(`select t::text as line from ${name} t`);
    all += `${name}\n${rows.map(({ line }) => line).join('\n')}\n`;
  }
  for (const { payload } of await sql<{ payload: Buffer }[]>`select payload from almanac.evidence`)
    all += zstdDecompressSync(payload).toString();
  return all;
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function deliverSecrets(almanac: OneThread): Promise<void> {
  const { inbox, salts, sql, clock } = almanac;
  const tools = { inbox, salts, now: () => clock.now, countryOf: () => 'ZZ' };
  const head = { account: 'account', source: 'source', partner: null, contentType: 'application/xml' };
  assert.ok(await almanac.sources.claim('source', 'account', false));
  const lines = secrets.flatMap((secret) =>
    (['address', 'user', 'cookie', 'session', 'id'] as const).map((field) =>
      JSON.stringify({
        time: '2024-06-15T23:59:59Z',
        item: 'doi:10.1234/one',
        address: '203.0.113.9',
        ...(field === 'id' ? { id: digest(secret) } : { [field]: secret }),
        referrer: `http://x.example/?from=${secret}#${secret}`,
      }),
    ),
  );
  lines.push(
    JSON.stringify({
      time: 'not a time',
      item: 'doi:10.1234/one',
      address: secrets[0],
      user: secrets[2],
      cookie: secrets[3],
      session: secrets[4],
    }),
  );
  await takeEventLines(tools, head, chunks(lines.join('\n')), { matchKnown: false });
  const xml = secrets
    .map(
      (
        secret,
        index,
      ) => `<context-object timestamp="2024-06-15T00:00:0${index}Z" version="Z39.88-2004"><referent><identifier>info:doi/10.1234/one</identifier></referent>
        <requester><identifier>data:,${secret}</identifier><metadata-by-val><metadata><requesterinfo xmlns="http://dini.de/namespace/oas-requesterinfo"><hashed-ip>${secret}</hashed-ip>
        <hashed-c>${secret}</hashed-c><hostname>${secret}</hostname><hashed-session>${secret}</hashed-session></requesterinfo></metadata></metadata-by-val></requester></context-object>`,
    )
    .join('');
  await takeContextObjects(
    tools,
    head,
    chunks(
      `<context-objects xmlns="info:ofi/fmt:xml:xsd:ctx">${xml}<context-object><requester><identifier>${secrets[0]}</identifier></requester></context-object></context-objects>`,
    ),
  );
  const query = {
    url_ver: 'Z39.88-2004',
    url_tim: '2024-06-15T12:00:00Z',
    'rft.artnum': 'oai:r:1',
    req_id: `urn:ip:${secrets[0]}`,
    'svc.session': 'secret-session',
  };
  const read = readPing(query, clock.now);
  assert.ok(read.ok);
  await takePing(tools, head, read.ping);
  await almanac.settleAndCheck();
  const [row] = await sql<{ n: number }[]>`select count(*) as n from usage_events where excluded & 4 = 0`;
  assert.ok(row !== undefined && row.n >= 30, `${row?.n} events`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

test('given events with addresses, users, cookies and sessions, then none of them is found at rest, nor a plain hash of it', async (t) => {
  const almanac = await startOneThread(t);
  await deliverSecrets(almanac);
  const stored = await everythingStored(almanac);
  assert.ok(stored.includes('doi:10.1234/one') && stored.includes('http://x.example/'));
  for (const secret of [...secrets, '203.0.113.9']) {
    const md5 = createHash('md5').update(secret).digest('hex');
    const sha256 = digest(secret);
    for (const form of [
      secret,
      md5,
      sha256,
      sha256.slice(0, 32),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64'),
    ]) {
      assert.ok(!stored.toLowerCase().includes(form.toLowerCase()), `${form} is stored`);
    }
  }
});

test('given a body with few addresses, then the hash of what came is keyed; with many it is plain', async (t) => {
  const almanac = await startOneThread(t);
  const { inbox, salts, clock, sql } = almanac;
  const tools = { inbox, salts, now: () => clock.now, countryOf: () => 'ZZ' };
  const head = { account: 'account', source: 'source', partner: null, contentType: 'application/x-ndjson' };
  for (const [count, plain] of [
    [9, false],
    [10, true],
  ] as const) {
    const body = Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        time: '2024-06-15T12:00:00Z',
        item: 'doi:10.1234/one',
        address: `198.51.100.${index}`,
      }),
    ).join('\n');
    const taken = await takeEventLines(tools, head, chunks(body), { matchKnown: false });
    assert.ok('evidence' in taken);
    const [row] = await sql<
      { hash: string }[]
    >`select encode(received_sha256, 'hex') as hash from almanac.evidence where id = ${taken.evidence}`;
    assert.equal(row?.hash === digest(body), plain);
  }
});

async function startSalts(t: TestContext) {
  const almanac = await startOneThread(t);
  const later = (days: number): void => {
    almanac.clock.now += days * DAY;
  };
  return { almanac, salts: almanac.salts, later };
}

test('given a salt older than its days, then it is destroyed, and a later delivery for that day gets another one', async (t) => {
  const { salts, later } = await startSalts(t);
  const [first] = [...(await salts.of(['2024-06-15'])).values()];
  later(39);
  await salts.of(['2024-06-16']);
  assert.equal(await salts.destroyOld(), 0);
  later(2);
  assert.equal(await salts.destroyOld(), 1);
  assert.equal(await salts.count(), 1);
  const [second] = [...(await salts.of(['2024-06-15'])).values()];
  assert.equal(second?.length, 32);
  assert.notDeepEqual(second, first);
});

test('given processes that meet a day at once, then they use the same salt; days have different ones', async (t) => {
  const { almanac } = await startSalts(t);
  const processes = Array.from({ length: 6 }, () =>
    createSalts({ sql: almanac.sql, now: () => almanac.clock.now, lifeDays: 40 }),
  );
  const all = await Promise.all(processes.map((process) => process.of(['2024-06-15', '2024-06-16'])));
  const texts = all.map((salts) =>
    [...salts]
      .map(([day, salt]) => `${day} ${Buffer.from(salt).toString('hex')}`)
      .sort()
      .join(),
  );
  assert.equal(new Set(texts).size, 1);
  const [one] = all;
  assert.notDeepEqual(one?.get('2024-06-15'), one?.get('2024-06-16'));
});

test('given a salt was destroyed, then its day still recomputes and replays to the same figures', async (t) => {
  const { almanac, salts, later } = await startSalts(t);
  const clicks = ['10:00:00', '10:00:20', '14:00:00'].map((at) => ({ id: at, at }));
  await almanac.deliver(clicks);
  await almanac.settle();
  later(60);
  assert.ok((await salts.destroyOld()) > 0);
  await almanac.deliver([{ id: 'late', at: '14:30:00', address: '198.51.100.1' }]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('publication', 'doi:10.1234/one'), [3, 3, 3, 3]);
  await almanac.replay();
  assert.deepEqual(await almanac.figures('publication', 'doi:10.1234/one'), [3, 3, 3, 3]);
});
