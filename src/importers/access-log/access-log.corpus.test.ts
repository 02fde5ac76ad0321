import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFakeServer } from '../testing/fake-server.ts';
import { runAccessLog } from './index.ts';

const corpus = process.env.CORPUS;
const skip = corpus === undefined && 'CORPUS is not set';
const logs = join(corpus ?? '', 'usage', 'logs');

test('given the Apache log and its rules, when imported, then every line is in its class', {
  skip,
}, async (t) => {
  const server = await startFakeServer(t);
  const shown: string[] = [];
  const outcome = await runAccessLog({
    client: server.client,
    files: [join(logs, 'apache_2015.log')],
    options: {
      source: 'semicomplete',
      baseUrl: 'http://www.semicomplete.com',
      rules: join(logs, 'apache-rules.json'),
    },
    log: (line) => shown.push(line),
    now: () => 0,
  });
  assert.equal(server.events.length, 2658);
  assert.deepEqual(outcome, {
    ok: true,
    value: {
      files: 1,
      lines: 10_000,
      malformed: 1,
      unmatched: 7138,
      excluded: { method: 19, status: 184, robot: 0, double_click: 0 },
      duplicates: 16,
      events: 2642,
      counted: 2642,
      first: '2015-05-17T10:05:00Z',
      last: '2015-05-20T21:05:59Z',
      seconds: 0,
    },
  });
  assert.equal(shown.length, 1);
  assert.match(shown[0] ?? '', /apache_2015\.log:8899: malformed/);
});

test('given the CDL log without rules, when imported, then its identifiers are the items', {
  skip,
}, async (t) => {
  const server = await startFakeServer(t);
  const outcome = await runAccessLog({
    client: server.client,
    files: [join(logs, 'counter_cdl_2018-05-01.log')],
    options: { source: 'cdl' },
  });
  assert.ok(outcome.ok);
  assert.equal(outcome.value.lines, 24);
  assert.equal(outcome.value.malformed, 0);
  assert.equal(outcome.value.unmatched, 0);
  const kinds = server.events.map((event) => event.kind);
  assert.equal(kinds.filter((kind) => kind === 'request').length, 2);
  assert.equal(server.events[0]?.item, 'doi:10.7280/D1H01B');
  assert.equal(server.events[0]?.time, '2018-05-01T07:00:40.000Z');
});
