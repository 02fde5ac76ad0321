import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Depositing, depositing } from './testing/depositing.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const folder = join(process.env.CORPUS ?? '', 'events/deposits');
let server: TestServer;
let events: Depositing;

before(async () => {
  server = await startTestServer();
  events = depositing(server);
});
after(() => server.stop());

interface Answer {
  meta: { total: number; more: boolean; next_cursor: string };
  events: Record<string, string>[];
}

test('given a real day of deposits, when it is posted as it is, then the figures are those of the specification', async () => {
  const deposits: { subj_id: string; obj_id: string; id: string }[] = JSON.parse(
    await readFile(join(folder, 'wiki-2016-11-25.json'), 'utf8'),
  );
  assert.equal(deposits.length, 1_105);
  assert.equal(new Set(deposits.map(({ id }) => id)).size, 1_105);
  const taken = await events.push(deposits);
  assert.equal(taken.accepted, 1_104);
  assert.equal(taken.rejected.length, 1);
  assert.match(taken.rejected[0]?.errors?.[0]?.message ?? '', /looks like a DOI/);
  assert.equal((await events.settled(taken.evidence)).added, 1_104);

  const live = await events.read<Answer>('/api/events?include=live&count=true&size=1000');
  assert.equal(live.meta.total, 1_104);
  const rest = await events.read<Answer>(
    `/api/events?include=live&size=1000&cursor=${live.meta.next_cursor}`,
  );
  const all = [...live.events, ...rest.events];
  assert.equal(all.length, 1_104);
  assert.equal(new Set(all.map(({ subj_work }) => subj_work)).size, 274);
  const dois = new Set(all.map(({ obj_work }) => obj_work));
  assert.equal(dois.size, 906);
  assert.equal(new Set(all.map(({ subj_work, obj_work }) => `${subj_work} ${obj_work}`)).size, 979);
  const day = async (from: string) =>
    (await events.read<Answer>(`/api/events?from=${from}&until=${from}&count=true&size=1`)).meta.total;
  assert.equal(await day('2016-11-24'), 40);
  assert.equal(await day('2016-11-25'), 1_064);
  assert.equal(all.filter(({ subj_id = '' }) => /%[0-9A-F]{2}/i.test(subj_id)).length, 185);
  assert.equal(Math.max(...all.map(({ subj_id = '' }) => subj_id.length)), 169);

  const again = await events.push(deposits);
  assert.equal((await events.settled(again.evidence)).unchanged, 1_104);
  assert.equal((await events.read<Answer>('/api/events?count=true&size=1')).meta.total, 1_104);
  await events.expectConsistent();
});
