import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '../testing/index.ts';
import { startServerProcess } from './testing/child.ts';
import { startSite } from './testing/site.ts';

const target = 'https://doi.org/10.5555/open-shelves';

test('given a server killed while it looks at a page, when it starts again, then the mention is accepted and counted once', async (t) => {
  const site = await startSite();
  t.after(site.stop);
  const database = await testDatabase(t);
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: database.dataDir,
    ALLOW_PRIVATE_ADDRESSES: '127.0.0.1',
  };
  const first = await startServerProcess(env);
  const source = site.page('/post', `<a href="${target}">x</a>`);
  const release = site.hold();
  const sent = await fetch(`${first.url}/webmention`, {
    method: 'POST',
    body: new URLSearchParams({ source, target }),
  });
  const location = sent.headers.get('location') ?? '';
  assert.equal(sent.status, 201);
  while (site.asked.length === 0) await sleep(5);
  await first.kill();
  release();
  // The dead are left alone for some seconds; here these are over.
  await database.sql`
    update graphile_worker._private_jobs
    set locked_at = locked_at - interval '1 minute'
    where locked_by is not null`;

  const second = await startServerProcess(env);
  t.after(second.kill);
  const told = async (path: string) =>
    (await (await fetch(second.url + path)).json()) as Record<string, unknown>;
  let status = await told(location);
  while (status.status === 'queued') {
    await sleep(20);
    status = await told(location);
  }
  assert.deepEqual([status.status, status.checks], ['accepted', 1]);
  const { results } = (await told('/api/results?source_id=webmention')) as {
    results: { total: number; events: number }[];
  };
  assert.deepEqual(
    results.map(({ total, events }) => [total, events]),
    [[1, 1]],
  );
});
