import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOneThread } from './testing/one-thread.ts';
import { readWorkUsage } from './work-usage.store.ts';

test('given works used from one country and from several, then each has what it has from all of them', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([
    { id: 'a', identifiers: ['oai:x:one'], country: 'NL' },
    { id: 'b', identifiers: ['oai:x:two'], country: 'NL', user: 'u' },
    { id: 'c', identifiers: ['oai:x:two'], country: 'DE', user: 'v', kind: 'investigation' },
    { id: 'd', identifiers: ['oai:x:three'], userAgent: 'bot 1' },
  ]);
  await almanac.settleAndCheck();
  const works = await almanac.sql<{ value: string; work_id: number }[]>`
    select value, work_id from work_identifiers where value like 'oai:x:%'`;
  const usage = await readWorkUsage(
    almanac.sql,
    works.map((work) => work.work_id),
  );
  const ofWork = (id: string) => {
    const found = usage.get(works.find(({ value }) => value === id)?.work_id ?? 0);
    return found === undefined ? null : Object.values(found);
  };
  assert.deepEqual(ofWork('oai:x:one'), [1, 1, 1, 1]);
  assert.deepEqual(ofWork('oai:x:two'), [1, 1, 2, 2]);
  assert.equal(ofWork('oai:x:three'), null);
});
