import assert from 'node:assert/strict';
import { test } from 'node:test';
import { broughtEvents } from './brought-events.ts';
import { readStoredBlocks, readStoredLines } from './stored-event.ts';

const DAY = 86_400_000;
const lines = [
  { record: { identifier: 'oai:x:1', datestamp: null, deleted: false } },
  ...Array.from({ length: 20 }, (_, n) => ({
    event: `e${n + 1}`,
    ids: ['oai:x:é'],
    time: n * DAY,
    kind: 'request',
    country: 'NL',
    session: '1',
    click: '1',
  })),
];
const payload = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

test('given a kept delivery, when read in blocks of any size, then its lines are those of the whole', () => {
  for (const bytes of [1, 100, 257, payload.length, 1_000_000]) {
    assert.deepEqual([...readStoredBlocks(payload, bytes)].flat(), lines);
  }
  assert.deepEqual(readStoredLines(payload), lines);
  assert.deepEqual([...readStoredBlocks(Buffer.alloc(0))], []);
});

test('given lines that were known, then what a delivery brought is the rest, with its days', async () => {
  const brought = await broughtEvents(payload, [
    [0, 1],
    [3, 17],
    [20, 20],
  ]);
  assert.deepEqual(brought, { identities: ['e2', 'e18', 'e19'], from: '1970-01-02', until: '1970-01-19' });
  assert.equal((await broughtEvents(payload, []))?.identities.length, 20);
  assert.equal(await broughtEvents(payload, [[0, 20]]), null);
  assert.equal(await broughtEvents(Buffer.alloc(0), []), null);
});
