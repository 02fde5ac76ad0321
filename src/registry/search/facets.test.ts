import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadModel, put } from './index.ts';
import { ask } from './testing/ask.ts';
import { fourRepositories, paths } from './testing/four.ts';

const model = fourRepositories();
const { country, rid } = paths;
const facet = (body: object, source: object = {}) =>
  ask(model, { size: 0, facets: { f: body }, ...source }).facets?.f;
const terms = (options: object) => facet({ terms: { field: 'register.api.api_type.exact', ...options } });

test('given a terms facet, when it is asked with keys of a client, then it counts records and ties go by term', () => {
  assert.deepEqual(terms({ logic: 'OR', hidden: false }), {
    _type: 'terms',
    missing: 2,
    total: 3,
    other: 0,
    terms: [
      { term: 'oai-pmh', count: 2 },
      { term: 'sword', count: 1 },
    ],
  });
});

const orders: [object, unknown[][]][] = [
  [
    { order: 'term' },
    [
      ['oai-pmh', 2],
      ['sword', 1],
    ],
  ],
  [
    { order: 'reverse_term' },
    [
      ['sword', 1],
      ['oai-pmh', 2],
    ],
  ],
  [
    { order: 'reverse_count' },
    [
      ['sword', 1],
      ['oai-pmh', 2],
    ],
  ],
  [{ size: 1 }, [['oai-pmh', 2]]],
  [{ exclude: ['oai-pmh'] }, [['sword', 1]]],
  [{ regex: 's.*' }, [['sword', 1]]],
];

for (const [options, expected] of orders) {
  test(`given a terms facet with ${JSON.stringify(options)}, when it is asked, then its terms follow`, () => {
    const { terms: listed } = terms(options) as { terms: { term: string; count: number }[] };
    assert.deepEqual(
      listed.map(({ term, count }) => [term, count]),
      expected,
    );
  });
}

test('given size 1, when the facet is asked, then other is what is not listed', () => {
  const { total, other } = terms({ size: 1 }) as { total: number; other: number };
  assert.deepEqual([total, other], [3, 1]);
});

test('given all_terms and a query, when the facet is asked, then terms without records are listed too', () => {
  const answer = facet({ terms: { field: country, all_terms: true } }, { query: { term: { [rid]: 1 } } });
  assert.deepEqual((answer as { terms: unknown }).terms, [
    { term: 'United Kingdom', count: 1 },
    { term: 'France', count: 0 },
    { term: 'Japan', count: 0 },
  ]);
});

test('given booleans, when a terms facet is asked, then they are T and F', () => {
  assert.deepEqual((facet({ terms: { field: 'admin.opendoar.in_opendoar' } }) as { terms: unknown }).terms, [
    { term: 'T', count: 3 },
    { term: 'F', count: 1 },
  ]);
});

test('given several fields, when a terms facet is asked, then a record counts once for a value', () => {
  const twice = createReadModel();
  put(twice, { id: 'a', register: { x: 'v', y: ['v', 'w'] } });
  const answer = ask(twice, { facets: { f: { terms: { fields: ['register.x', 'register.y'] } } } }).facets?.f;
  assert.deepEqual(answer, {
    _type: 'terms',
    missing: 0,
    total: 2,
    other: 0,
    terms: [
      { term: 'v', count: 1 },
      { term: 'w', count: 1 },
    ],
  });
});

test('given a filter beside the query, when facets are asked, then only hits are narrowed', () => {
  const answer = ask(model, { filter: { term: { [rid]: 1 } }, facets: { f: { terms: { field: country } } } });
  assert.equal(answer.hits.total, 1);
  assert.deepEqual(answer.facets?.f, facet({ terms: { field: country } }));
});

test('given facet_filter and global, when the facet is asked, then it counts as they say', () => {
  const query = { term: { [rid]: 1 } };
  const body = { terms: { field: country }, global: true, facet_filter: { range: { [rid]: { gte: 2 } } } };
  assert.deepEqual((facet(body, { query }) as { terms: unknown }).terms, [
    { term: 'France', count: 1 },
    { term: 'Japan', count: 1 },
  ]);
});

test('given ranges, when a range facet is asked, then from counts in, to does not, and {} matches every value', () => {
  const start = Date.UTC(2014, 0, 1);
  const years = facet({ range: { last_updated: [{ from: '2014' }, { to: '2014' }] } });
  assert.partialDeepStrictEqual(years, { ranges: [{ from: start }, { to: start }] });
  assert.deepEqual(facet({ range: { [rid]: [{ from: '1', to: 3 }, {}] } }), {
    _type: 'range',
    ranges: [
      { from: 1, to: 3, count: 2, min: 1, max: 2, total_count: 2, total: 3, mean: 1.5 },
      { count: 4, min: 1, max: 4, total_count: 4, total: 10, mean: 2.5 },
    ],
  });
});

test('given numbers, when a statistical facet is asked, then its figures are of all values', () => {
  assert.deepEqual(facet({ statistical: { field: rid } }), {
    _type: 'statistical',
    count: 4,
    total: 10,
    sum_of_squares: 30,
    min: 1,
    max: 4,
    mean: 2.5,
    variance: 1.25,
    std_deviation: Math.sqrt(1.25),
  });
});

test('given keys and values, when terms_stats is asked by total, then each key has the figures of its records', () => {
  const body = {
    terms_stats: { key_field: 'register.api.api_type', value_field: rid, order: 'reverse_total' },
  };
  assert.deepEqual((facet(body) as { terms: unknown }).terms, [
    { term: 'sword', count: 1, total_count: 1, min: 1, max: 1, total: 1, mean: 1 },
    { term: 'oai-pmh', count: 2, total_count: 2, min: 1, max: 2, total: 3, mean: 1.5 },
  ]);
});

test('given numbers and dates, when histograms are asked, then empty intervals are left out', () => {
  assert.deepEqual(facet({ histogram: { field: rid, interval: 3 } }), {
    _type: 'histogram',
    entries: [
      { key: 0, count: 2 },
      { key: 3, count: 2 },
    ],
  });
  assert.deepEqual(facet({ date_histogram: { field: 'last_updated', interval: 'quarter' } }), {
    _type: 'date_histogram',
    entries: [
      { time: Date.UTC(2012, 3, 1), count: 1 },
      { time: Date.UTC(2014, 0, 1), count: 3 },
    ],
  });
});

test('given a point, when a geo_distance facet is asked, then distances are in the unit', () => {
  const body = {
    geo_distance: { location: [0, 51.5], unit: 'km', ranges: [{ to: 500 }, { from: 500, to: 2000 }] },
  };
  const { ranges } = facet(body) as { ranges: { count: number; max: number }[] };
  assert.deepEqual(
    ranges.map((range) => [range.count, Math.round(range.max)]),
    [
      [1, 283],
      [1, 730],
    ],
  );
});

test('given query and filter facets, when they are asked, then they count', () => {
  assert.deepEqual(facet({ query: { query_string: { query: 'white' } } }), { _type: 'query', count: 2 });
  assert.deepEqual(facet({ filter: { term: { [rid]: 1 } } }), { _type: 'filter', count: 1 });
});
