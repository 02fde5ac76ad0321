import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRepositories } from '../../demo/repositories.ts';
import { createSample } from '../../demo/sample.ts';
import { loadWebmentions } from '../../demo/webmention-load.ts';
import { startDemoSite } from '../../demo/webmention-site.ts';
import { createClient } from '../client/index.ts';
import { startTestServer } from './testing/server.ts';

test('given some of the sample, when its pages mention it, then all are counted, each as what it says; a second time changes nothing', async (t) => {
  const now = Date.UTC(2026, 5, 17);
  const site = await startDemoSite();
  t.after(site.stop);
  const server = await startTestServer({ env: { ALLOW_PRIVATE_ADDRESSES: site.address } });
  t.after(server.stop);
  const client = createClient({
    baseUrl: server.url,
    token: await server.keyOf('demo', 'deposit', 'registry'),
  });
  const publications = createSample(now).publications.slice(0, 200);
  await client.publications.post({ publications: publications.map(({ record }) => record) });
  const [repository] = createRepositories(now);
  assert.ok(repository);
  await client.registry.create({ register: repository.register });
  await client.usage.waitUntilCounted();

  const options = { client, baseUrl: server.url, site, publications, repositoryHost: repository.host };
  assert.equal(await loadWebmentions(options), 7);
  const events = async () =>
    (await (await server.ask('/api/events?source_id=webmention')).json()) as {
      events: { relation_type_id: string }[];
    };
  const first = await events();
  assert.deepEqual(
    first.events.map((event) => event.relation_type_id),
    ['references', 'likes', 'bookmarks', 'discusses', 'references', 'reviews', 'references'],
  );
  assert.equal(await loadWebmentions(options), 7);
  assert.deepEqual(await events(), first);
});
