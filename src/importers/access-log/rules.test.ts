import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRules } from './rules.ts';

function rulesOf(...rules: object[]) {
  const parsed = parseRules(JSON.stringify({ rules }));
  assert.ok(parsed.ok);
  return parsed.rules;
}

function fault(text: string): string {
  const parsed = parseRules(text);
  assert.ok(!parsed.ok);
  return parsed.message;
}

test('given two rules that match, when a URL is looked up, then the first wins', () => {
  const rules = rulesOf(
    { match: '/a/(\\d+)\\.pdf$', item: 'pdf:$1', kind: 'request' },
    { match: '/a/', item: 'page:a', kind: 'investigation' },
  );
  assert.deepEqual(rules('http://x.org/a/7.pdf'), { item: 'pdf:7', kind: 'request' });
  assert.deepEqual(rules('http://x.org/a/7.html'), { item: 'page:a', kind: 'investigation' });
  assert.equal(rules('http://x.org/b'), null);
});

test('given a template with several groups, when filled, then a group that took no part is empty', () => {
  const rules = rulesOf({ match: '/(a)(b)?/(c)', item: 'x:$1-$2-$3$3 $0 $$', kind: 'request' });
  assert.equal(rules('/a/c')?.item, 'x:a--cc $0 $$');
});

test('given a bad rules file, when read, then the fault names rule and pattern', () => {
  assert.match(fault('{'), /^is not JSON/);
  assert.equal(fault('[]'), 'must be {"rules":[…]}');
  const good = '{"match":"a","item":"x:1","kind":"request"}';
  assert.match(
    fault(`{"rules":[${good},{"match":"(","item":"x","kind":"request"}]}`),
    /^rule 2: bad pattern \(:/,
  );
  assert.match(
    fault('{"rules":[{"match":"a","item":"x","kind":"download"}]}'),
    /^rule 1: unknown kind "download", must be "request" or "investigation"/,
  );
  assert.match(fault('{"rules":[{"item":"x","kind":"request"}]}'), /^rule 1: match must be/);
});
