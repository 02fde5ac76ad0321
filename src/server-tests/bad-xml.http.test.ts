import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { contextObject, contextObjects, oaiResponse } from './testing/deliveries.ts';
import { problemOf } from './testing/problem.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const XML = 'application/xml';
const MEBI = 1024 * 1024;
const good = contextObjects(contextObject({ id: 'good' }));
const record = oaiResponse(
  `<ListRecords><record><header><identifier>oai:repo.example.org:1</identifier><datestamp>2024-01-01</datestamp></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>One</dc:title></oai_dc:dc></metadata></record></ListRecords>`,
);
const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
const afterDeclaration = (xml: string, what: string): string => xml.replace('?>', `?>${what}`);

/** Bodies that nothing may be stored of, with what the answer must say; made from a good one. */
const bad: [string, (xml: string) => string | Uint8Array<ArrayBuffer>, RegExp][] = [
  ['nothing at all', () => '', /no element|empty|ends/i],
  ['no XML', () => 'hello', /cannot be read/],
  ['JSON', () => '{"a":1}', /cannot be read/],
  ['a tag that is not closed', (xml) => xml.replace(/<\/[^>]*>$/, ''), /cannot be read/],
  ['the first half of a body', (xml) => xml.slice(0, xml.length / 2), /cannot be read/],
  ['mismatched tags', (xml) => xml.replace(/<\/[^>]*>$/, '</other>'), /cannot be read/],
  ['two roots', (xml) => `${xml}<more/>`, /cannot be read/],
  ['a DOCTYPE', (xml) => afterDeclaration(xml, '<!DOCTYPE x>'), /DOCTYPE/],
  ['entities that grow', (xml) => afterDeclaration(xml, laughs), /DOCTYPE/],
  [
    'a file as entity',
    (xml) => afterDeclaration(xml, '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    /DOCTYPE/,
  ],
  ['an entity nobody declared', (xml) => xml.replace(/(<\/[^>]*>)$/, '&nobody;$1'), /cannot be read/],
  ['a control character', (xml) => xml.replace(/(<\/[^>]*>)$/, '\u0001$1'), /cannot be read/],
  ['a control character as reference', (xml) => xml.replace(/(<\/[^>]*>)$/, '&#1;$1'), /cannot be read/],
  [
    '100,000 elements inside each other',
    (xml) => xml.replace(/(<\/[^>]*>)$/, `${'<a>'.repeat(100_000)}$1`),
    /deep/,
  ],
  [
    'bytes that are not UTF-8',
    (xml) => new Uint8Array(Buffer.concat([Buffer.from(xml), Buffer.from([0xc3, 0x28])])),
    /cannot be read/,
  ],
  [
    'Latin-1 that says UTF-8',
    (xml) => new Uint8Array(Buffer.from(xml.replace(/(<\/[^>]*>)$/, 'é$1'), 'latin1')),
    /cannot be read/,
  ],
  ['an encoding nobody knows', (xml) => xml.replace('UTF-8', 'x-martian'), /encoding/],
  ['a prefix that is not declared', (xml) => xml.replace(/(<\/[^>]*>)$/, '<nobody:x/>$1'), /cannot be read/],
  ['another root', () => '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', /html/],
  [
    'another verb',
    () => oaiResponse('<Identify><repositoryName>x</repositoryName></Identify>'),
    /ListRecords/,
  ],
  ['an OAI error', () => oaiResponse('<error code="badResumptionToken">gone</error>'), /badResumptionToken/],
];

describe('given a body of XML that cannot be read', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  for (const [path, xml] of [
    ['/api/usage/context-objects', good],
    ['/api/publications', record],
  ] as const) {
    for (const [name, made, says] of bad) {
      test(`${path}, given ${name}, then 400 says so and nothing is stored`, async () => {
        const answer = await server.post(path, XML, made(xml));
        const { detail } = await problemOf(answer, 400);
        assert.match(detail, says);
        assert.equal(await stored(), 0);
      });
    }

    test(`${path}, given more than 100 MiB, compressed or not, then 413`, async () => {
      const filling = Buffer.concat([Buffer.from('<a>'), Buffer.alloc(MEBI, 'x'), Buffer.from('</a>')]);
      const large = Buffer.concat([Buffer.from(xml.replace(/<\/[^>]*>$/, '')), ...Array(101).fill(filling)]);
      const bomb = new Uint8Array(gzipSync(large, { level: 1 }));
      const headers = { authorization: `Bearer ${server.key}`, 'content-type': XML };
      const packed = await server.ask(path, {
        method: 'POST',
        headers: { ...headers, 'content-encoding': 'gzip' },
        body: bomb,
      });
      await problemOf(packed, 413);
      assert.equal(await stored(), 0);
    });

    test(`${path}, given another content type, then 415 says which are taken`, async () => {
      const { detail } = await problemOf(await server.post(path, 'text/csv', 'a,b'), 415);
      assert.match(detail, /application\/xml/);
    });

    test(`${path}, given gzip that is cut off, then 400`, async () => {
      const cut = new Uint8Array(gzipSync(xml).subarray(0, 60));
      const answer = await server.ask(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.key}`, 'content-type': XML, 'content-encoding': 'gzip' },
        body: cut,
      });
      await problemOf(answer, 400);
      assert.equal(await stored(), 0);
    });
  }

  test('given context objects of another namespace, then 400 names the one that is wanted', async () => {
    const other = good.replace('info:ofi/fmt:xml:xsd:ctx', 'urn:other');
    const { detail } = await problemOf(await server.post('/api/usage/context-objects', XML, other), 400);
    assert.match(detail, /info:ofi\/fmt:xml:xsd:ctx/);
  });

  async function stored(): Promise<number> {
    const [row] = await server.sql<{ n: number }[]>`select count(*)::int as n from almanac.evidence`;
    return row?.n ?? -1;
  }
});

describe('given a body of XML with good and bad items', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  test('given noRecordsMatch, then 202 with nothing in it', async () => {
    for (const path of ['/api/usage/context-objects', '/api/publications']) {
      const answer = await server.post(path, XML, oaiResponse('<error code="noRecordsMatch"/>'));
      assert.equal(answer.status, 202);
      const { accepted, rejected } = (await answer.json()) as { accepted: number; rejected: unknown[] };
      assert.deepEqual({ accepted, rejected }, { accepted: 0, rejected: [] });
    }
  });

  test('given events of which some are bad, then the good ones count and the bad are listed by position', async () => {
    const body = contextObjects(
      contextObject({ id: 'a', item: 'oai:mixed.example.org:1' }),
      contextObject({ id: 'b', time: null }),
      contextObject({ id: 'c', time: 'yesterday' }),
      contextObject({ id: 'd', time: '2024-03-01' }),
      contextObject({ id: 'e', time: new Date(Date.now() + 25 * 3_600_000).toISOString() }),
      contextObject({ id: 'f', item: null }),
      contextObject({ id: 'g', item: '   ' }),
      contextObject({ id: 'h', time: '2024-03-01T12:00:00', item: 'oai:mixed.example.org:1' }),
      contextObject({ id: 'i', time: '2024-03-02T01:00:00+02:00', item: 'oai:mixed.example.org:1' }),
    );
    const answer = await server.post('/api/usage/context-objects', XML, body);
    assert.equal(answer.status, 202);
    const { accepted, rejected } = (await answer.json()) as {
      accepted: number;
      rejected: { position: number; reason: string }[];
    };
    assert.equal(accepted, 3);
    assert.deepEqual(
      rejected.map(({ position }) => position),
      [2, 3, 4, 5, 6, 7],
    );
    const reasons = rejected.map(({ reason }) => reason);
    assert.match(reasons[0] ?? '', /timestamp/);
    assert.match(reasons[1] ?? '', /ISO 8601/);
    assert.match(reasons[2] ?? '', /ISO 8601/);
    assert.match(reasons[3] ?? '', /24/);
    assert.match(reasons[4] ?? '', /referent/);
    assert.match(reasons[5] ?? '', /referent/);
    await server.client.usage.waitUntilCounted();
    const { series } = await server.client.usage.statistics('publication', 'oai:mixed.example.org:1', {
      granularity: 'day',
    });
    // Without a zone it is UTC; 01:00+02:00 is 23:00 of the day before.
    assert.deepEqual(
      series.map(({ period, total_item_requests: requests }) => [period, requests]),
      [['2024-03-01', 3]],
    );
  });

  test('given only bad events, then it is still a 202', async () => {
    const answer = await server.post(
      '/api/usage/context-objects',
      XML,
      contextObjects(contextObject({ time: null })),
    );
    assert.equal(answer.status, 202);
    assert.equal(((await answer.json()) as { accepted: number }).accepted, 0);
  });

  test('given an item of another namespace among good ones, then it alone is rejected', async () => {
    const body = good.replace(
      '</ctx:context-objects>',
      '<context-object xmlns="urn:other"/></ctx:context-objects>',
    );
    const answer = await server.post('/api/usage/context-objects', XML, body);
    const { accepted, rejected } = (await answer.json()) as {
      accepted: number;
      rejected: { position: number; reason: string }[];
    };
    assert.equal(accepted, 1);
    assert.equal(rejected[0]?.position, 2);
    assert.match(rejected[0]?.reason ?? '', /urn:other/);
  });

  test('given ids with control characters and half characters, then each is taken or rejected, and the server lives', async () => {
    const body = contextObjects(
      contextObject({ id: 'tab&#9;newline&#10;', item: 'oai:odd.example.org:1' }),
      contextObject({ id: '\ud83d\ude00', item: 'oai:odd.example.org:2' }),
      contextObject({ id: 'x'.repeat(100_000), item: 'oai:odd.example.org:3' }),
      contextObject({ id: 'y', item: `oai:odd.example.org:${'z'.repeat(20_000)}` }),
      contextObject({ id: 'z', item: 'oai:odd.example.org:&#x85;&#xA0;&#x200B;4' }),
      contextObject({ id: 'n', item: 'https://odd.example.org/%00' }),
    );
    const answer = await server.post('/api/usage/context-objects', XML, body);
    assert.equal(answer.status, 202, await answer.clone().text());
    const { accepted, rejected } = (await answer.json()) as { accepted: number; rejected: unknown[] };
    assert.equal(accepted + rejected.length, 6);
    await server.client.usage.waitUntilCounted();
    const [row] = await server.sql<
      { n: number }[]
    >`select count(*)::int as n from almanac.evidence where state = 'failed'`;
    assert.equal(row?.n, 0);
  });

  test('given UTF-16 and Latin-1 that say so, then they are read', async () => {
    const plain = contextObjects(contextObject({ id: 'enc', item: 'oai:enc.example.org:1' }));
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(plain.replace('UTF-8', 'UTF-16'), 'utf16le'),
    ]);
    const latin1 = Buffer.from(plain.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    for (const body of [utf16, latin1]) {
      const answer = await server.post('/api/usage/context-objects', XML, new Uint8Array(body));
      assert.equal(answer.status, 202, await answer.clone().text());
    }
  });

  test('given publications of which some are bad, then the bad ones are listed by position', async () => {
    const item = (identifier: string, metadata: string): string =>
      `<record><header>${identifier}<datestamp>2024-01-01</datestamp></header><metadata>${metadata}</metadata></record>`;
    const dc = `<o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>T</d:title></o:dc>`;
    const body = oaiResponse(
      `<ListRecords>${item('<identifier>oai:p.example.org:1</identifier>', dc)}${item('', dc)}${item('<identifier>oai:p.example.org:2</identifier>', '<x xmlns="urn:other"/>')}</ListRecords>`,
    );
    const answer = await server.post('/api/publications', XML, body);
    assert.equal(answer.status, 202, await answer.clone().text());
    const { accepted, rejected } = (await answer.json()) as {
      accepted: number;
      rejected: { position: number }[];
    };
    assert.equal(accepted, 1);
    assert.deepEqual(
      rejected.map(({ position }) => position),
      [2, 3],
    );
  });
});
