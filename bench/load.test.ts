import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContextObjectReader } from '../src/usage/context-objects/index.ts';
import { combinedLogLines, contextObjectPages, eventLineBodies, type LoadOptions, logRules } from './load.ts';
import { benchOptions } from './options.ts';
import { percentile } from './percentiles.ts';

const from = Date.UTC(2026, 3, 1);
const load: LoadOptions = { name: 'test', works: 100, events: 1_200, from, until: from + 30 * 86_400_000 };

test('given one name, when a load is made twice, then it is the same to the byte', () => {
  assert.deepEqual([...contextObjectPages(load)], [...contextObjectPages(load)]);
  assert.notDeepEqual([...contextObjectPages({ ...load, name: 'other' })], [...contextObjectPages(load)]);
});

test('given pages of context objects, when they are read, then every event comes out once, in order, with its country', () => {
  const pages = [...contextObjectPages(load)];
  assert.equal(pages.length, 3);
  const ids: (string | null)[] = [];
  let latest = 0;
  for (const page of pages) {
    const reader = createContextObjectReader({
      now: () => load.until,
      onEvent({ identifier, time, country, identifiers }) {
        ids.push(identifier);
        assert.ok(time >= latest && time < load.until);
        assert.match(country ?? '', /^[A-Z]{2}$/);
        assert.ok(identifiers.some((id) => id.startsWith('oai:bench.example:')));
        latest = time;
      },
      onReject: ({ reason }) => assert.fail(reason),
    });
    reader.write(new TextEncoder().encode(page));
    reader.end();
  }
  assert.deepEqual(
    ids,
    Array.from({ length: 1_200 }, (_, number) => `test-${number}`),
  );
});

test('given bodies of event lines, when they are parsed, then they hold every event with all its fields', () => {
  const lines = [...eventLineBodies(load, 500)].flatMap((body) => body.trimEnd().split('\n'));
  assert.equal(lines.length, 1_200);
  for (const line of lines) {
    const fields = Object.keys(JSON.parse(line));
    assert.deepEqual(fields, [
      'time',
      'item',
      'url',
      'kind',
      'id',
      'status',
      'address',
      'user_agent',
      'session',
    ]);
  }
});

test('given the access log, when its lines meet the rules, then every line matches one', () => {
  const patterns = logRules.rules.map(({ match }) => new RegExp(match));
  for (const line of combinedLogLines(load)) {
    const path = /"GET (\S+) HTTP/.exec(line)?.[1] ?? '';
    assert.equal(patterns.filter((pattern) => pattern.test(path)).length, 1, line);
  }
});

test('given a hundred values, when percentiles are taken, then they are nearest ranks', () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at);
  assert.equal(percentile(values, 0.5), 50);
  assert.equal(percentile(values, 0.99), 99);
  assert.equal(percentile([7], 0.95), 7);
});

test('given arguments, when they are read, then sizes follow the mode and faults are told in words', () => {
  const options = benchOptions(['--quick', 'log', '--events', '5000']);
  assert.ok(typeof options === 'object');
  assert.deepEqual([...options.names], ['log']);
  assert.deepEqual(options.sizes, [5000]);
  assert.equal(benchOptions(['speed']), 'there is no measurement named speed');
  assert.equal(benchOptions(['--events', '0']), 'sizes must be whole numbers from 1');
  assert.equal(typeof benchOptions(['--slow']), 'string');
});
