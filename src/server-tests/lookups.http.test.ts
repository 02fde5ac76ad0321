import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { replay } from '../app.ts';
import { quietLog } from '../testing/index.ts';
import { contextObject, contextObjects } from './testing/deliveries.ts';
import { figuresOf } from './testing/figures.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const HOUR = 3_600_000;

function sruAnswer(identifier: string | null): string {
  const record =
    identifier === null
      ? ''
      : `<srw:records><srw:record><srw:recordSchema>info:srw/schema/1/dc-v1.1</srw:recordSchema><srw:recordData><o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:d="http://purl.org/dc/elements/1.1/"><d:identifier>${identifier}</d:identifier><d:title>Found: ${identifier}</d:title><d:creator>Finder, Fay</d:creator></o:dc></srw:recordData></srw:record></srw:records>`;
  return `<srw:searchRetrieveResponse xmlns:srw="http://www.loc.gov/zing/srw/"><srw:version>1.1</srw:version><srw:numberOfRecords>${identifier === null ? 0 : 1}</srw:numberOfRecords>${record}</srw:searchRetrieveResponse>`;
}

/** A catalogue on the loopback; what it answers is decided by the identifier asked for. */
async function startCatalogue() {
  const asked: string[] = [];
  let answer: (identifier: string, response: ServerResponse) => void = (_, response) =>
    response.end(sruAnswer(null));
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams.get('query') ?? '';
    const identifier = /"(.*)"/.exec(query)?.[1] ?? '';
    asked.push(identifier);
    response.setHeader('content-type', 'application/xml');
    answer(identifier, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sru`,
    asked,
    answers(how: typeof answer) {
      answer = how;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('given SRU_URL, works that nobody has described are asked for', () => {
  let catalogue: Awaited<ReturnType<typeof startCatalogue>>;
  let server: TestServer;
  let later = 0;
  before(async () => {
    catalogue = await startCatalogue();
    server = await startTestServer({
      env: { SRU_URL: catalogue.url, ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8' },
      now: () => Date.now() + later,
    });
  });
  after(async () => {
    await server.stop();
    await catalogue.close();
  });

  async function deliver(id: string, item: string): Promise<void> {
    await server.client.usage.contextObjects(contextObjects(contextObject({ id, item })));
    await server.client.usage.waitUntilCounted();
  }
  const subject = async (id: string) => (await server.client.usage.statistics('publication', id)).subject;
  async function named(id: string): Promise<string> {
    for (;;) {
      const { name } = await subject(id);
      if (name !== null) return name;
      await sleep(20);
    }
  }
  const askedFor = (id: string) => catalogue.asked.filter((one) => one === id).length;
  async function untilAsked(id: string, times: number): Promise<void> {
    while (askedFor(id) < times) await sleep(20);
  }
  async function untilSettled(id: string, state: string): Promise<void> {
    for (;;) {
      const [row] = await server.sql<{ settled: boolean }[]>`
        select state = ${state} and (last_error is not null or state <> 'waiting') as settled
        from almanac.work_lookups where identifier = ${id}`;
      if (row?.settled) return;
      await sleep(20);
    }
  }

  test('given a work that is found, then it gets its name, scholar and partner, and is asked for once', async () => {
    const id = 'oai:found.example.org:1';
    catalogue.answers((identifier, response) => response.end(sruAnswer(identifier)));
    await deliver('f1', id);
    assert.equal(await named(id), `Found: ${id}`);
    await server.client.usage.waitUntilCounted();
    const partner = await server.client.usage.statistics('partner', 'found.example.org');
    assert.equal(partner.metrics.total_item_requests, 1);
    const { items } = await server.client.usage.top('scholars');
    assert.deepEqual(
      items.map(({ subject: { name } }) => name),
      ['Finder, Fay'],
    );
    await deliver('f2', id);
    assert.equal(askedFor(id), 1);
  });

  test('given a miss, then usage counts all the same and it is asked for again after a day', async () => {
    const id = 'oai:missing.example.org:1';
    catalogue.answers((_, response) => response.end(sruAnswer(null)));
    await deliver('m1', id);
    await untilSettled(id, 'missing');
    await deliver('m2', id);
    assert.deepEqual(await subject(id), { type: 'publication', id, name: null });
    later += 23 * HOUR;
    await deliver('m3', 'oai:missing.example.org:2');
    await untilSettled('oai:missing.example.org:2', 'missing');
    assert.equal(askedFor(id), 1);
    catalogue.answers((identifier, response) => response.end(sruAnswer(identifier)));
    later += 1.1 * HOUR;
    assert.equal(await named(id), `Found: ${id}`);
    assert.equal(askedFor(id), 2);
  });

  for (const [name, how] of [
    ['an error', (response: ServerResponse) => void response.writeHead(500).end('oops')],
    [
      'another document',
      (response: ServerResponse) => void response.end('<feed xmlns="http://www.w3.org/2005/Atom"/>'),
    ],
    ['a connection that ends', (response: ServerResponse) => void response.destroy()],
  ] as const) {
    test(`given ${name}, then it is asked for again after a minute`, async () => {
      const id = `oai:${name.replaceAll(' ', '-').toLowerCase()}.example.org:1`;
      catalogue.answers((_, response) => how(response));
      await deliver(`e-${name}`, id);
      await untilAsked(id, 1);
      await untilSettled(id, 'waiting');
      assert.equal((await subject(id)).name, null);
      catalogue.answers((identifier, response) => response.end(sruAnswer(identifier)));
      later += 61_000;
      assert.equal(await named(id), `Found: ${id}`);
      assert.equal(askedFor(id), 2);
    });
  }

  test('given a slow catalogue, then counting does not wait for it', async () => {
    const id = 'oai:slow.example.org:1';
    let finish = (): void => {};
    catalogue.answers((identifier, response) => {
      finish = () => void response.end(sruAnswer(identifier));
    });
    await deliver('s1', id);
    await untilAsked(id, 1);
    await deliver('s2', 'oai:found.example.org:1');
    assert.equal((await server.client.usage.statistics('publication', id)).metrics.total_item_requests, 1);
    finish();
    assert.equal(await named(id), `Found: ${id}`);
  });

  test('given a replay, then the figures and names are the same and nobody is asked', async () => {
    const figures = await figuresOf(server.client);
    const asked = catalogue.asked.length;
    const progress = { start() {}, total() {}, advance() {}, end() {} };
    await replay(server.config, quietLog, progress);
    assert.deepEqual(await figuresOf(server.client), figures);
    assert.equal(catalogue.asked.length, asked);
  });
});

test('given a catalogue at a private address that is not allowed, then it is not asked', async () => {
  const catalogue = await startCatalogue();
  const server = await startTestServer({ env: { SRU_URL: catalogue.url } });
  try {
    await server.client.usage.contextObjects(
      contextObjects(contextObject({ item: 'oai:private.example.org:1' })),
    );
    await server.client.usage.waitUntilCounted();
    for (;;) {
      const [row] = await server.sql<{ fault: string | null }[]>`
        select last_error as fault from almanac.work_lookups`;
      if (row?.fault) {
        assert.match(row.fault, /not allowed/);
        break;
      }
      await sleep(20);
    }
    assert.equal(catalogue.asked.length, 0);
  } finally {
    await server.stop();
    await catalogue.close();
  }
});

for (const [name, body] of [
  ['HTML', '<!DOCTYPE html><html><br></html>'],
  ['half an answer', sruAnswer('oai:x:1').slice(0, 200)],
  ['nothing at all', ''],
] as const) {
  test(`given ${name}, then that is an error to be asked about again`, { timeout: 60_000 }, async (t) => {
    const catalogue = await startCatalogue();
    catalogue.answers((_, response) => response.end(body));
    const server = await startTestServer({
      env: { SRU_URL: catalogue.url, ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8' },
    });
    t.after(catalogue.close);
    t.after(server.stop);
    await server.client.usage.contextObjects(
      contextObjects(contextObject({ item: 'oai:odd.example.org:1' })),
    );
    for (;;) {
      const [row] = await server.sql<{ tries: number }[]>`
        select tries from almanac.work_lookups where last_error is not null`;
      if (row?.tries === 1) return;
      await sleep(20, undefined, { signal: t.signal });
    }
  });
}
