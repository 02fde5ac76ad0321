import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { problemOf } from './testing/problem.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const good = {
  url_ver: 'Z39.88-2004',
  url_tim: '2024-03-01T10:00:00Z',
  req_id: 'urn:ip:203.0.113.7',
  req_dat: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0',
  'rft.artnum': 'oai:pings.example.org:1',
  svc_dat: 'https://pings.example.org/1.pdf',
  rfr_dat: 'https://search.example.org/?q=secret',
  rfr_id: 'pings.example.org',
};

describe('given tracker pings', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  const ping = (params: Record<string, string>) =>
    server.ask(`/api/usage/openurl?${new URLSearchParams({ ...params, api_key: server.key })}`);
  const events = async () => (await server.client.usage.waitUntilCounted()).events;

  test('given a good one, twice and with its keys in another order, then 204 and one event', async () => {
    const first = await ping(good);
    assert.equal(first.status, 204);
    assert.equal(await first.text(), '');
    assert.equal((await ping(good)).status, 204);
    assert.equal((await ping(Object.fromEntries(Object.entries(good).reverse()))).status, 204);
    assert.equal((await ping({ ...good, unknown: 'ignored' })).status, 204);
    assert.equal(await events(), 1);
    const { metrics } = await server.client.usage.statistics('publication', 'oai:pings.example.org:1');
    assert.equal(metrics.total_item_requests, 1);
  });

  test('given a time that is encoded twice, then it is the same event', async () => {
    const before = await events();
    assert.equal((await ping({ ...good, url_tim: encodeURIComponent(good.url_tim) })).status, 204);
    assert.equal(await events(), before);
  });

  test('given twenty at once, then each is one event', async () => {
    const before = await events();
    const times = Array.from(
      { length: 20 },
      (_, minute) => `2024-03-01T11:${String(minute).padStart(2, '0')}:00Z`,
    );
    await Promise.all([...times, ...times].map((url_tim) => ping({ ...good, url_tim })));
    assert.equal(await events(), before + 20);
  });

  test('given HEAD, then 405 and nothing is stored', async () => {
    const before = await events();
    const query = new URLSearchParams({ ...good, url_tim: '2024-03-01T12:34:00Z', api_key: server.key });
    const answer = await server.ask(`/api/usage/openurl?${query}`, { method: 'HEAD' });
    assert.equal(answer.status, 405);
    assert.equal(await events(), before);
  });

  test('given several faults, then 400 names each and nothing is stored', async () => {
    const before = await events();
    const { errors } = await problemOf(await ping({ url_ver: '1', url_tim: 'noon', rft_dat: 'Look' }), 400);
    assert.deepEqual(errors?.map(({ path }) => path).sort(), ['rft.artnum', 'rft_dat', 'url_tim', 'url_ver']);
    for (const fault of [
      { url_tim: '2024-03-01' },
      { url_tim: new Date(Date.now() + 25 * 3_600_000).toISOString() },
      { 'rft.artnum': 'nothing known' },
      { rfr_id: 'bad\u0000source' },
      { req_dat: 'nul\u0000l' },
    ]) {
      await problemOf(await ping({ ...good, ...fault }), 400);
    }
    assert.equal(await events(), before);
  });
});
