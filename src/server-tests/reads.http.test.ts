import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { contextObject, contextObjects } from './testing/deliveries.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const WORK = 'doi:10.1234/reads.1';
const path = (id: string, query = '') =>
  `/api/usage/statistics/publication/${encodeURIComponent(id)}${query}`;

describe('given figures to be read', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    await server.client.publications.post({
      publications: [
        {
          id: WORK,
          title: 'Reads',
          authors: [{ name: 'Carberry, Josiah', orcid: '0000-0002-1825-0097' }],
          partners: [{ id: 'reads', name: 'University of Reading' }],
        },
      ],
    });
    await deliver('a', '2024-03-01T10:00:00Z', WORK);
    await deliver('b', '2024-04-02T10:00:00Z', WORK);
  });
  after(() => server.stop());

  async function deliver(id: string, time: string, item: string): Promise<void> {
    await server.client.usage.contextObjects(
      contextObjects(contextObject({ id, time, item, address: `who-${id}` })),
    );
    await server.client.usage.waitUntilCounted();
  }

  const csv =
    'period,total_item_requests,unique_item_requests,total_item_investigations,unique_item_investigations\r\n2024-03,1,1,1,1\r\n2024-04,1,1,1,1\r\n';

  test('given Accept: text/csv or .csv, then the series as CSV', async () => {
    for (const answer of [
      await server.ask(path(WORK, '?granularity=month'), { headers: { accept: 'text/csv' } }),
      await server.ask(path(`${WORK}.csv`, '?granularity=month')),
    ]) {
      assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
      assert.equal(await answer.text(), csv);
    }
  });

  test('given a known subject without usage in the period, then CSV has its header only', async () => {
    const answer = await server.ask(path(`${WORK}.csv`, '?from=2020-01-01&until=2020-12-31&granularity=day'));
    assert.equal(await answer.text(), csv.slice(0, csv.indexOf('\r\n') + 2));
  });

  test('given any spelling of a subject, then the same answer', async () => {
    const answers: unknown[] = [];
    for (const id of [
      WORK,
      '10.1234/READS.1',
      'https://doi.org/10.1234/reads.1',
      'info:doi/10.1234/reads.1',
    ]) {
      answers.push(await (await server.ask(path(id))).json());
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    const scholars: unknown[] = [];
    for (const id of [
      'orcid:0000-0002-1825-0097',
      'https://orcid.org/0000-0002-1825-0097',
      '0000000218250097',
    ]) {
      const answer = await server.ask(`/api/usage/statistics/scholar/${encodeURIComponent(id)}`);
      scholars.push(((await answer.json()) as { subject: unknown }).subject);
    }
    for (const subject of scholars) {
      assert.deepEqual(subject, {
        type: 'scholar',
        id: 'orcid:0000-0002-1825-0097',
        name: 'Carberry, Josiah',
      });
    }
  });

  test('given countries, then every known one answers and no other', async () => {
    for (const [code, status] of [
      ['NL', 200],
      ['nl', 200],
      ['ZZ', 200],
      ['QQ', 404],
      ['Atlantis', 404],
    ] as const) {
      assert.equal((await server.ask(`/api/usage/statistics/country/${code}`)).status, status, code);
    }
  });

  test('given events of another work, then the ETag stays; of this one, then it changes', async () => {
    const etagOf = async () => (await server.ask(path(WORK))).headers.get('etag') ?? '';
    const first = await etagOf();
    assert.match(first, /^W\/"/);
    await deliver('c', '2024-05-01T10:00:00Z', 'doi:10.1234/reads.2');
    await deliver('a', '2024-03-01T10:00:00Z', WORK);
    assert.equal(await etagOf(), first);
    const unchanged = await server.ask(path(WORK), { headers: { 'if-none-match': first } });
    assert.equal(unchanged.status, 304);
    assert.equal(await unchanged.text(), '');
    await deliver('d', '2024-03-02T10:00:00Z', WORK);
    assert.notEqual(await etagOf(), first);
    assert.equal((await server.ask(path(WORK), { headers: { 'if-none-match': first } })).status, 200);
  });

  test('given a HEAD, then the headers of GET without its body', async () => {
    for (const one of [path(WORK), '/api/usage/top/publications', '/health', '/openapi.json']) {
      const get = await server.ask(one);
      const head = await server.ask(one, { method: 'HEAD' });
      assert.equal(head.status, 200);
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      assert.equal(head.headers.get('etag'), get.headers.get('etag'));
      assert.equal(await head.text(), '');
    }
  });

  test('given a page of another origin, then it may read and not write', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    for (const one of [path(WORK), '/api/usage/status', '/health', '/openapi.json', '/nothing']) {
      const answer = await server.ask(one, { headers });
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', one);
    }
    const write = await server.ask('/api/publications', { method: 'POST', headers });
    assert.equal(write.headers.get('access-control-allow-origin'), null);
  });

  test('given a partner or a scholar, then the top list holds its publications; given both, another list or nobody, then it says so', async () => {
    const top = (query: string) => server.ask(`/api/usage/top/${query}`);
    for (const query of ['partner=reads', 'scholar=https%3A%2F%2Forcid.org%2F0000-0002-1825-0097']) {
      const answer = await top(`publications?${query}`);
      assert.match(answer.headers.get('etag') ?? '', /^W\/"/);
      const { items } = (await answer.json()) as { items: { subject: unknown }[] };
      assert.deepEqual(
        items.map(({ subject }) => subject),
        [{ type: 'publication', id: WORK, name: 'Reads' }],
      );
    }
    for (const [query, status, paths] of [
      ['publications?partner=reads&scholar=x', 400, ['partner']],
      ['scholars?partner=reads', 400, ['partner']],
      ['partners?partner=reads&scholar=x', 400, ['partner', 'scholar', 'partner']],
      ['publications?partner=nobody', 404, undefined],
      ['publications?scholar=0000-0001-5109-3700', 404, undefined],
    ] as const) {
      const answer = await top(query);
      const { errors } = (await answer.json()) as { errors?: { path: string }[] };
      assert.deepEqual([answer.status, errors?.map(({ path: at }) => at)], [status, paths], query);
    }
  });

  test('given words of a name, then whom they name; given none or too many, then a fault', async () => {
    const { items, more } = await server.client.usage.subjects('university reading');
    assert.deepEqual(
      [items.map(({ subject }) => subject), more],
      [[{ type: 'partner', id: 'reads', name: 'University of Reading' }], false],
    );
    for (const query of [
      '',
      'q=',
      `q=${'a'.repeat(501)}`,
      'q=a%00b',
      'q=a&type=country',
      'q=a&size=101',
      'q=a&n=1',
    ])
      assert.equal((await server.ask(`/api/usage/subjects?${query}`)).status, 400, query);
  });

  test('given years, then the first and last day of the answer are those with a figure', async () => {
    const answer = await server.client.usage.statistics('partner', 'reads', { granularity: 'year' });
    assert.deepEqual(answer.subject, { type: 'partner', id: 'reads', name: 'University of Reading' });
    assert.deepEqual([answer.from, answer.until], ['2024-03-01', '2024-04-02']);
    assert.deepEqual(
      answer.series.map(({ period, total_item_requests: requests }) => [period, requests]),
      [['2024', 3]],
    );
  });
});
