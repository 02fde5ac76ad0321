import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseQuery, query } from './index.ts';
import { fourRepositories } from './testing/four.ts';

const corpus = process.env.CORPUS;

test('given the recorded requests of the real clients, when they are asked, then all are understood', {
  skip: !corpus,
}, () => {
  const file = join(corpus ?? '', 'registry', 'facetview-queries.json');
  const requests: { client: string; name: string; source: string }[] = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(requests.length, 12);
  const model = fourRepositories();
  for (const { client, name, source } of requests) {
    const parsed = parseQuery({ source });
    assert.ok(parsed.ok, `${client} ${name}: ${JSON.stringify(parsed)}`);
    assert.ok(query(model, parsed.query).ok);
  }
});
