import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '../client/index.ts';
import { contextObject, contextObjects, ndjson, seeded } from './testing/deliveries.ts';
import { type AllFigures, figuresOf } from './testing/figures.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

type Delivery = (server: TestServer) => Promise<unknown>;

const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0', 'Googlebot/2.1', ''];
const ORCIDS = ['0000-0002-1825-0097', '0000-0001-5109-3700'];

/** Batches in which the same people click again and again, so that double clicks chain over batches and midnight. */
function deliveries(seed: number): Delivery[] {
  const random = seeded(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  const timeOf = () => Date.parse('2024-03-01T23:50:00Z') + pick(1_200) * 1_000;
  const itemOf = () => `oai:again.example.org:${pick(4)}`;
  const publications: Delivery = (server) =>
    server.client.publications.post({
      publications: [0, 1, 2].map((number) => ({
        id: `oai:again.example.org:${number}`,
        identifiers: number === 0 ? ['doi:10.1234/again'] : [],
        title: `Work ${number}`,
        datestamp: '2024-01-01',
        authors: [{ name: 'A', orcid: ORCIDS[number % 2] ?? '' }],
        partners: [{ id: `partner-${number % 2}` }],
      })),
    });
  return [
    publications,
    ...Array.from({ length: 10 }, (_, batch): Delivery => {
      const events = Array.from({ length: 60 }, (_, index) => ({
        id: `${batch}-${index}`,
        time: new Date(timeOf()).toISOString(),
        item: itemOf(),
        address: `203.0.113.${pick(4)}`,
      }));
      if (batch % 2 === 0) {
        const body = contextObjects(...events.map((event) => contextObject(event)));
        return (server) => server.client.usage.contextObjects(body, { source: 'objects', partner: 'sender' });
      }
      const body = ndjson(
        ...events.map(({ id: _, ...event }) => ({ ...event, user_agent: AGENTS[pick(3)] })),
      );
      return (server) => server.client.usage.events(body, { source: 'lines', partner: 'sender' });
    }),
  ];
}

async function figuresAfter(work: (server: TestServer) => Promise<unknown>): Promise<AllFigures> {
  const server = await startTestServer();
  try {
    await work(server);
    return await figuresOf(server.client);
  } finally {
    await server.stop();
  }
}

const inTurn = (all: Delivery[]) => async (server: TestServer) => {
  for (const deliver of all) await deliver(server);
};

test('given the same batches twice, in two orders, and at once from two clients, then the figures are equal', async () => {
  const all = deliveries(1);
  const figures = await figuresAfter(inTurn(all));
  assert.ok(figures.subjects.length > 10);
  assert.deepEqual(await figuresAfter(inTurn([...all, ...all])), figures, 'twice');
  assert.deepEqual(await figuresAfter(inTurn([...all].reverse())), figures, 'in the other order');
  const atOnce = await figuresAfter(async (server) => {
    const second = createClient({ baseUrl: server.url, token: server.key });
    await Promise.all([inTurn(all)(server), inTurn([...all].reverse())({ ...server, client: second })]);
  });
  assert.deepEqual(atOnce, figures, 'at once');
  const allAtOnce = await figuresAfter((server) =>
    Promise.all([...all, ...all].map((deliver) => deliver(server))),
  );
  assert.deepEqual(allAtOnce, figures, 'all at once');
});
