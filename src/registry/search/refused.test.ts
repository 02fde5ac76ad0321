import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadModel, parseQuery, put, query } from './index.ts';
import { compileRegexp } from './regexp.ts';
import { ask, faultsOf } from './testing/ask.ts';

const refused: [object, string][] = [
  [{ query: { regexp: { a: 'b' } } }, '/query/regexp'],
  [{ query: { bool: { must: [{ match_all: {} }, { script: {} }] } } }, '/query/bool/must/1/script'],
  [{ query: { bool: { mst: [] } } }, '/query/bool/mst'],
  [{ query: { term: { a: ['b'] } } }, '/query/term/a'],
  [{ query: { term: { a: 1, b: 2 } } }, '/query/term'],
  [{ query: { match: { 'a/b': { query: 'x', fuzziness: 1 } } } }, '/query/match/a~1b/fuzziness'],
  [{ query: { range: { a: { gte: [] } } } }, '/query/range/a/gte'],
  [{ query: { geo_distance: { distance: '3 parsec', location: [1, 2] } } }, '/query/geo_distance/distance'],
  [{ query: { geo_distance: { distance: 3, location: [1, 200] } } }, '/query/geo_distance/location'],
  [{ query: { nested: { query: { match_all: {} } } } }, '/query/nested'],
  [{ query: {} }, '/query'],
  [{ query: [] }, '/query'],
  [{ quary: {} }, '/quary'],
  [{ script_fields: {} }, '/script_fields'],
  [{ size: 10_001 }, '/size'],
  [{ size: -1 }, '/size'],
  [{ from: 'x' }, '/from'],
  [{ explain: true }, '/explain'],
  [{ sort: [{ a: { order: 'up' } }] }, '/sort/0/a/order'],
  [{ facets: { f: { terms: {} } } }, '/facets/f/terms'],
  [{ facets: { f: { terms: { field: 'a', regex: '(' } } } }, '/facets/f/terms/regex'],
  [{ aggs: { a: { significant_terms: { field: 'a' } } } }, '/aggs/a/significant_terms'],
  [{ aggs: { a: { terms: { field: 'a', order: { b: 'asc' } } } } }, '/aggs/a/terms/order'],
  [{ aggs: { a: { avg: { field: 'a' }, aggs: { b: { avg: { field: 'a' } } } } } }, '/aggs/a'],
];

for (const [source, path] of refused) {
  test(`given ${JSON.stringify(source)}, when it is read, then the fault is at ${path}`, () => {
    assert.deepEqual(
      faultsOf({ source: JSON.stringify(source) }).map((fault) => fault.path),
      [path],
    );
  });
}

test('given wrong parameters, when they are read, then each fault names its parameter', () => {
  const paths = faultsOf({ source: '{"query":', fields: 'id,name', from: 'x', size: '10001' }).map(
    (fault) => fault.path,
  );
  assert.deepEqual(paths.sort(), ['fields', 'from', 'size', 'source']);
});

test('given several faults, when the query is read, then all are named', () => {
  const source = { query: { bool: { must: [{ a: {} }, { b: {} }] } }, facets: { f: { c: {} } } };
  assert.equal(faultsOf({ source }).length, 3);
});

const nest = (depth: number): object =>
  depth === 0 ? { match_all: {} } : { bool: { must: [nest(depth - 1)] } };
const many = (count: number, clause: object) => ({
  bool: { should: Array.from({ length: count }, () => clause) },
});

const excessive: [string, object][] = [
  ['a deep query', { query: nest(40) }],
  ['2,000 clauses', { query: many(2000, { term: { a: 1 } }) }],
  ['100 patterns', { query: many(100, { wildcard: { a: '*x*' } }) }],
  ['a pattern of 40 stars', { query: { wildcard: { a: 'a*'.repeat(40) } } }],
  ['a long pattern', { query: { wildcard: { a: 'a'.repeat(300) } } }],
  ['deep parentheses', { query: { query_string: { query: `${'('.repeat(500)}a${')'.repeat(500)}` } } }],
  ['a long query string', { query: { query_string: { query: 'a '.repeat(9000) } } }],
  ['a text of 2,000 words', { query: { match: { a: 'a '.repeat(2000) } } }],
  [
    'aggregations 6 deep',
    [1, 2, 3, 4, 5].reduce<object>((inner) => ({ aggs: { a: { terms: { field: 'a' }, ...inner } } }), {
      aggs: { a: { terms: { field: 'a' } } },
    }),
  ],
  ['20,000 values', { query: { terms: { a: Array.from({ length: 20_000 }, (_, i) => i) } } }],
  ['a huge expression', { facets: { f: { terms: { field: 'a', regex: '(a{50}){50}' } } } }],
];

for (const [name, source] of excessive) {
  test(`given ${name}, when it is read, then it is refused`, () => {
    assert.ok(faultsOf({ source: JSON.stringify(source) }).length > 0);
  });
}

test('given a query nested 50,000 deep, when it is read, then it is refused', () => {
  const source = `{"query":${'{"bool":{"must":['.repeat(50_000)}{"match_all":{}}${']}}'.repeat(50_000)}}`;
  assert.ok(faultsOf({ source }).length > 0);
});

test('given a histogram of too many intervals, when it is asked, then it is refused', () => {
  const model = createReadModel();
  for (const [i, n] of [0, 1e9].entries()) put(model, { id: String(i), register: { n } });
  const parsed = parseQuery({
    source: { aggs: { h: { histogram: { field: 'register.n', interval: 0.001 } } } },
  });
  assert.ok(parsed.ok);
  const answer = query(model, parsed.query);
  assert.deepEqual(answer.ok ? [] : answer.errors.map((error) => error.path), ['/aggs']);
});

test('given texts and patterns made to try back for ever, when they meet, then the answer comes', () => {
  const model = createReadModel();
  for (let i = 0; i < 20; i++) put(model, { id: String(i), register: { t: `${'a'.repeat(5000)} ${i}` } });
  const path = 'register.t.exact';
  assert.equal(ask(model, { query: { wildcard: { [path]: '*a*a*a*a*a*a*a*b' } } }).hits.total, 0);
  const facets = { f: { terms: { field: path, regex: '(a|aa|a*)*b' } } };
  assert.deepEqual(ask(model, { facets }).facets?.f, {
    _type: 'terms',
    missing: 0,
    total: 0,
    other: 0,
    terms: [],
  });
});

const expressions: [string, string[], string[]][] = [
  ['ab*c?', ['a', 'abb', 'abbc', 'ac'], ['b', 'abcc']],
  ['(ab|c)+', ['ab', 'abc', 'cc'], ['', 'a']],
  ['[a-c]{2,3}x', ['abx', 'cccx'], ['ax', 'aaaax']],
  ['.*\\d\\.\\w', ['zz1.a', '1._'], ['1a', '1.']],
  ['[^a]b', ['cb'], ['ab', 'b']],
  ['^a.c$', ['abc', 'a.c'], ['xabc', 'ac']],
];

for (const [pattern, yes, no] of expressions) {
  test(`given the expression ${pattern}, when texts are tried, then the whole text has to fit`, () => {
    const compiled = compileRegexp(pattern);
    assert.ok(compiled.ok);
    assert.deepEqual([yes.filter(compiled.test), no.filter(compiled.test)], [yes, []]);
  });
}

test('given long texts, when a question asks many expressions of them, then it is refused and not worked through', () => {
  const model = createReadModel();
  const words = (seed: number) => Array.from({ length: 2000 }, (_, i) => `w${(i * seed) % 997}`).join(' ');
  for (let i = 1; i <= 20; i++) put(model, { id: String(i), register: { text: words(i) } });
  const facet = { terms: { field: 'register.text.exact', regex: '(.*w1.*)*(w2|.*)*', size: 10 } };
  const facets = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, facet]));
  const parsed = parseQuery({ source: { query: { match_all: {} }, facets } });
  assert.ok(parsed.ok);
  const answer = query(model, parsed.query);
  assert.ok(!answer.ok);
  assert.match(answer.errors[0]?.message ?? '', /patterns over more text/);
});
