import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadRobotsList, type RobotsSource } from './robots-source.ts';

const url = 'https://lists.example/robots.json';

/** A source whose URL answers with the text, or not at all, and what happened to it. */
function source(options: { location?: string; answer?: string; copy?: string; saveFails?: boolean } = {}) {
  const seen = { warnings: [] as string[], saved: [] as string[] };
  const robots: RobotsSource = {
    location: options.location ?? url,
    async fetchText() {
      if (options.answer === undefined) throw new Error('connection refused');
      return options.answer;
    },
    readCopy: async (asked) => (asked === url ? (options.copy ?? null) : null),
    async saveCopy(_, text) {
      if (options.saveFails) throw new Error('disk full');
      seen.saved.push(text);
    },
    log: { warn: (message) => seen.warnings.push(message) },
  };
  return { robots, seen };
}

async function patternsOf(robots: RobotsSource): Promise<number> {
  const result = await loadRobotsList(robots);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.list.patterns;
}

test('given no location, then the bundled list is used', async () => {
  assert.equal(await patternsOf(source({ location: '' }).robots), 327);
});

test('given a URL that answers, then its list is used and a copy kept', async () => {
  const { robots, seen } = source({ answer: 'one\ntwo' });
  assert.equal(await patternsOf(robots), 2);
  assert.deepEqual(seen, { warnings: [], saved: ['one\ntwo'] });
});

test('given a URL that does not answer, then the copy read last is used, with a warning', async () => {
  const { robots, seen } = source({ copy: 'one' });
  assert.equal(await patternsOf(robots), 1);
  assert.deepEqual(seen.warnings, [
    `robots list ${url} does not answer (connection refused); the copy read last is used`,
  ]);
});

test('given a URL that does not answer and no usable copy, then the bundled list is used, with a warning', async () => {
  for (const copy of [{}, { copy: '(' }]) {
    const { robots, seen } = source(copy);
    assert.equal(await patternsOf(robots), 327);
    assert.match(seen.warnings.join(), /the bundled list is used/);
  }
});

test('given a URL whose list does not compile, then it is a failure that names the pattern, and no copy is kept', async () => {
  const { robots, seen } = source({ answer: 'good\n[bad', copy: 'one' });
  const result = await loadRobotsList(robots);
  assert.ok(!result.ok);
  assert.match(
    result.reason,
    /robots list https:\/\/lists\.example\/robots\.json: pattern 2 \(\[bad\) does not compile/,
  );
  assert.deepEqual(seen.saved, []);
});

test('given a copy that cannot be kept, then the list is used all the same, with a warning', async () => {
  const { robots, seen } = source({ answer: 'one', saveFails: true });
  assert.equal(await patternsOf(robots), 1);
  assert.match(seen.warnings.join(), /cannot be kept: disk full/);
});

test('given a path, then that file is read; one that is missing is a failure that names it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'robots-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'list.json');
  writeFileSync(path, '[{"pattern":"a"},{"pattern":"b"},{"pattern":"c"}]');
  assert.equal(await patternsOf(source({ location: path }).robots), 3);
  const missing = await loadRobotsList(source({ location: join(folder, 'none.txt') }).robots);
  assert.ok(!missing.ok);
  assert.match(missing.reason, /none\.txt cannot be read/);
});
