import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from './testing/ask.ts';
import { fourRepositories, paths } from './testing/four.ts';

const model = fourRepositories();
const { country, rid, name } = paths;
const aggregation = (body: object, source: object = {}) =>
  ask(model, { size: 0, aggs: { a: body }, ...source }).aggregations?.a as Record<string, unknown>;
const terms = (options: object) => aggregation({ terms: { field: country, ...options } });
const keys = (answer: Record<string, unknown>) =>
  (answer.buckets as { key: unknown; doc_count: number }[]).map((bucket) => [bucket.key, bucket.doc_count]);

test('given a terms aggregation, when it is cut, then it says how many are not listed', () => {
  assert.deepEqual(terms({ size: 1 }), {
    doc_count_error_upper_bound: 0,
    sum_other_doc_count: 2,
    buckets: [{ key: 'France', doc_count: 1 }],
  });
});

const options: [object, unknown[][]][] = [
  [
    { order: { _key: 'desc' } },
    [
      ['United Kingdom', 1],
      ['Japan', 1],
      ['France', 1],
    ],
  ],
  [
    { missing: 'Nowhere' },
    [
      ['France', 1],
      ['Japan', 1],
      ['Nowhere', 1],
      ['United Kingdom', 1],
    ],
  ],
  [
    { include: '.*an.*' },
    [
      ['France', 1],
      ['Japan', 1],
    ],
  ],
  [{ include: ['France'] }, [['France', 1]]],
  [{ exclude: ['France', 'Japan'] }, [['United Kingdom', 1]]],
  [{ min_doc_count: 2 }, []],
];

for (const [given, expected] of options) {
  test(`given a terms aggregation with ${JSON.stringify(given)}, when it is asked, then its buckets follow`, () => {
    assert.deepEqual(keys(terms(given)), expected);
  });
}

test('given booleans, when they are aggregated, then keys are 1 and 0 with their names', () => {
  assert.deepEqual(aggregation({ terms: { field: 'admin.opendoar.in_opendoar' } }).buckets, [
    { key: 1, key_as_string: 'true', doc_count: 3 },
    { key: 0, key_as_string: 'false', doc_count: 1 },
  ]);
});

test('given aggregations below, when buckets are ordered by one, then it decides', () => {
  const body = {
    terms: { field: 'register.api.api_type', order: { m: 'asc' } },
    aggs: { m: { avg: { field: rid } } },
  };
  assert.deepEqual(aggregation(body).buckets, [
    { key: 'sword', doc_count: 1, m: { value: 1 } },
    { key: 'oai-pmh', doc_count: 2, m: { value: 1.5 } },
  ]);
});

test('given nested and reverse_nested, when they are aggregated, then members and records are counted', () => {
  const body = {
    nested: { path: 'register.api' },
    aggs: {
      v: {
        terms: { field: 'register.api.version' },
        aggs: { r: { reverse_nested: {}, aggs: { c: { terms: { field: country } } } } },
      },
    },
  };
  const answer = aggregation(body) as { doc_count: number; v: { buckets: Record<string, unknown>[] } };
  assert.equal(answer.doc_count, 3);
  assert.deepEqual(
    answer.v.buckets.map((bucket) => [
      bucket.key,
      bucket.doc_count,
      keys((bucket.r as { c: Record<string, unknown> }).c),
    ]),
    [
      [
        '1.3',
        2,
        [
          ['France', 1],
          ['United Kingdom', 1],
        ],
      ],
      ['2.0', 1, [['United Kingdom', 1]]],
    ],
  );
});

test('given filters, missing and global, when they are aggregated, then each counts its records', () => {
  const query = { term: { [name]: 'white' } };
  const filters = { filters: { one: { term: { [rid]: 1 } }, four: { term: { [rid]: 4 } } } };
  assert.deepEqual(aggregation({ filters }, { query }), {
    buckets: { one: { doc_count: 1 }, four: { doc_count: 1 } },
  });
  assert.deepEqual(aggregation({ missing: { field: country } }, { query }), { doc_count: 1 });
  assert.deepEqual(aggregation({ global: {}, aggs: { n: { value_count: { field: rid } } } }, { query }), {
    doc_count: 4,
    n: { value: 4 },
  });
  assert.deepEqual(aggregation({ filter: { term: { [rid]: 1 } } }, { query }), { doc_count: 1 });
});

test('given ranges, when they are aggregated, then keys name their ends', () => {
  assert.deepEqual(aggregation({ range: { field: rid, ranges: [{ to: 2 }, { from: 2 }] } }).buckets, [
    { key: '*-2.0', to: 2, doc_count: 1 },
    { key: '2.0-*', from: 2, doc_count: 3 },
  ]);
  const dates = {
    date_range: { field: 'last_updated', format: 'yyyy-MM', ranges: [{ from: 'now-1M/M', key: 'new' }] },
  };
  assert.deepEqual(aggregation(dates).buckets, [
    { key: 'new', from: Date.UTC(2013, 11, 1), from_as_string: '2013-12', doc_count: 3 },
  ]);
  const years = { date_range: { field: 'last_updated', ranges: [{ from: '2014', key: 'of 2014' }] } };
  assert.deepEqual(
    (aggregation(years).buckets as { from: number }[]).map(({ from }) => from),
    [Date.UTC(2014, 0, 1)],
  );
});

test('given histograms, when they are aggregated, then gaps are filled unless a least count is given', () => {
  assert.deepEqual(keys(aggregation({ histogram: { field: rid, interval: 2 } })), [
    [0, 1],
    [2, 2],
    [4, 1],
  ]);
  const years = { date_histogram: { field: 'last_updated', calendar_interval: 'year', format: 'yyyy' } };
  assert.deepEqual(aggregation(years).buckets, [
    { key_as_string: '2012', key: Date.UTC(2012, 0, 1), doc_count: 1 },
    { key_as_string: '2013', key: Date.UTC(2013, 0, 1), doc_count: 0 },
    { key_as_string: '2014', key: Date.UTC(2014, 0, 1), doc_count: 3 },
  ]);
});

test('given metrics, when they are asked, then they are of the records matched', () => {
  const query = { range: { [rid]: { gte: 2 } } };
  assert.deepEqual(aggregation({ stats: { field: rid } }, { query }), {
    count: 3,
    min: 2,
    max: 4,
    avg: 3,
    sum: 9,
  });
  assert.deepEqual(aggregation({ cardinality: { field: country } }, { query }), { value: 2 });
  assert.deepEqual(aggregation({ min: { field: 'nowhere' } }, { query }), { value: null });
  assert.deepEqual(aggregation({ sum: { field: rid } }, { query }), { value: 9 });
});

test('given top_hits, when it is asked, then the bucket carries its first records', () => {
  const body = { top_hits: { size: 1, sort: { [rid]: 'desc' }, _source: ['id'] } };
  assert.deepEqual(aggregation(body), {
    hits: {
      total: 4,
      max_score: null,
      hits: [{ _index: 'oarr', _type: 'register', _id: 'd', _score: null, _source: { id: 'd' } }],
    },
  });
});

test('given facets and aggregations, when both are asked, then both are answered', () => {
  const answer = ask(model, {
    facets: { f: { terms: { field: country } } },
    aggs: { a: { avg: { field: rid } } },
  });
  assert.deepEqual(
    [Object.keys(answer.facets ?? {}), Object.keys(answer.aggregations ?? {})],
    [['f'], ['a']],
  );
});
