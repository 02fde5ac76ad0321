import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadModel, put, remove } from './index.ts';
import { ask, askFor } from './testing/ask.ts';
import { fourRepositories, paths } from './testing/four.ts';

const model = fourRepositories();
const { name, country, rid } = paths;
const order = (sort: unknown, more: object = {}) =>
  ask(model, { sort, ...more })
    .hits.hits.map((hit) => hit._id)
    .join('');

const sorts: [unknown, string][] = [
  [[{ [`${name}.exact`]: { order: 'asc' } }], 'badc'],
  [{ [rid]: 'desc' }, 'dcba'],
  [`${rid}:desc`, 'dcba'],
  [country, 'bcad'],
  [[{ [country]: { order: 'desc' } }], 'acbd'],
  [[{ [country]: { missing: '_first' } }], 'dbca'],
  [[{ [country]: { missing: 'Italy' } }], 'bdca'],
  [[{ 'admin.opendoar.in_opendoar': 'asc' }, { [rid]: 'desc' }], 'dcba'],
  ['_id', 'abcd'],
  [[{ _id: 'desc' }], 'dcba'],
  ['nowhere', 'abcd'],
  [[{ _geo_distance: { location: '35,135', order: 'asc', unit: 'km' } }], 'cabd'],
  [[{ 'register.api.version': { order: 'asc', mode: 'max' } }], 'bacd'],
];

for (const [sort, ids] of sorts) {
  test(`given sort ${JSON.stringify(sort)}, when all are asked for, then they come as ${ids}`, () => {
    assert.equal(order(sort), ids);
    assert.equal(order(sort, { from: '1', size: 2 }), ids.slice(1, 3));
  });
}

test('given many records, when a page is asked for, then it is the same slice of the whole order', () => {
  const many = createReadModel();
  for (let i = 0; i < 500; i++) put(many, { id: `r${(i * 7919) % 500}`, register: { n: i % 17 } });
  for (const sort of [undefined, [{ 'register.n': 'desc' }]]) {
    const ids = (from: number, size: number) =>
      ask(many, { from, size, ...(sort ? { sort } : {}) }).hits.hits.map((hit) => hit._id);
    const all = ids(0, 500);
    assert.deepEqual(
      [0, 30, 480].flatMap((from) => ids(from, 30)),
      [0, 30, 480].flatMap((from) => all.slice(from, from + 30)),
    );
    assert.equal(new Set(all).size, 500);
  }
});

test('given an empty register, when it is asked, then the envelope is whole', () => {
  assert.deepEqual(ask(createReadModel(), { facets: {} }), {
    took: 0,
    timed_out: false,
    hits: { total: 0, max_score: null, hits: [] },
    facets: {},
  });
});

test('given a sort by field, when it is asked, then there are no scores; else the best comes first', () => {
  const sorted = ask(model, { sort: rid }).hits;
  assert.deepEqual([sorted.max_score, sorted.hits[0]?._score], [null, null]);
  const scored = ask(model, { query: { query_string: { query: 'rose' } } }).hits;
  assert.deepEqual(
    scored.hits.map((hit) => hit._id),
    ['a', 'd'],
  );
  assert.equal(scored.max_score, scored.hits[0]?._score);
  const least = ask(model, { query: { query_string: { query: 'rose' } }, min_score: scored.max_score ?? 0 });
  assert.equal(least.hits.total, 1);
});

test('given fields in the URL, when records are asked for, then _source has them, id and dates', () => {
  const [hit] = askFor(model, { fields: 'ver, admin', size: '1' }).hits.hits;
  assert.deepEqual(Object.keys(hit?._source ?? {}).sort(), [
    'admin',
    'created_date',
    'id',
    'last_updated',
    'ver',
    'version_created',
  ]);
});

test('given size and from in the URL and the body, when both are there, then the URL wins', () => {
  const { hits } = askFor(model, { source: { from: 0, size: 1 }, from: '2', size: '2', q: 'nothing' }).hits;
  assert.deepEqual(
    hits.map((hit) => hit._id),
    ['c', 'd'],
  );
});

const sources: [object, object][] = [
  [
    { _source: ['id', 'register.metadata.record.name'] },
    { _source: { id: 'a', register: { metadata: [{ record: { name: 'White Rose EPrints' } }] } } },
  ],
  [
    { _source: { include: 'admin.*', exclude: '*.rid' } },
    { _source: { admin: { opendoar: { in_opendoar: true } } } },
  ],
  [{ _source: false }, {}],
  [{ fields: 'register.api.api_type' }, { fields: { 'register.api.api_type': ['oai-pmh', 'sword'] } }],
  [{ fields: ['id', 'nowhere'] }, { fields: { id: ['a'] } }],
  [{ partial_fields: { p: { include: 'id' } } }, { fields: { p: { id: 'a' } } }],
];

for (const [source, expected] of sources) {
  test(`given ${JSON.stringify(source)}, when a record is asked for, then the hit carries that much`, () => {
    const [hit] = ask(model, { query: { ids: { values: ['a'] } }, ...source }).hits.hits;
    const { _index, _type, _id, _score, ...rest } = hit ?? {};
    assert.deepEqual(rest, expected);
  });
}

const highlights: [string, string, object][] = [
  ['rose', name, { [name]: ['White <em>Rose</em> EPrints'] }],
  ['depot', name, { [name]: ['<em>Dépôt</em> de Lyon: AC/DC'] }],
  [
    '"de lyon" AND univ*',
    'register.organisation.details.name',
    { 'register.organisation.details.name': ['<em>Université</em> <em>de</em> <em>Lyon</em>'] },
  ],
];

for (const [query, field, expected] of highlights) {
  test(`given highlight for ${query}, when it is asked, then the words are marked`, () => {
    const source = { query: { query_string: { query } }, highlight: { fields: { [field]: {} } } };
    assert.deepEqual(ask(model, source).hits.hits[0]?.highlight, expected);
  });
}

test('given a long text, when it is highlighted, then fragments are cut around the words', () => {
  const long = createReadModel();
  put(long, { id: 'a', register: { t: `${'lorem '.repeat(60)}needle ${'ipsum '.repeat(60)}needle end` } });
  const highlight = { fields: { 'register.t': { fragment_size: 40, number_of_fragments: 2 } } };
  const found = ask(long, { query: { match: { 'register.t': 'needle' } }, highlight }).hits.hits[0]
    ?.highlight?.['register.t'];
  assert.equal(found?.length, 2);
  assert.ok(found?.every((text) => text.includes('<em>needle</em>') && text.length < 80));
});

test('given a changed and a removed record, when they are asked for, then the answer is as of now', () => {
  const changing = createReadModel();
  put(changing, { id: 'a', register: { api: [{ t: 'x' }] } });
  const nested = (t: string) => ({
    query: { nested: { path: 'register.api', query: { term: { 'register.api.t': t } } } },
  });
  assert.equal(ask(changing, nested('x')).hits.total, 1);
  put(changing, { id: 'a', register: { api: [{ t: 'y' }] } });
  assert.deepEqual([ask(changing, nested('x')).hits.total, ask(changing, nested('y')).hits.total], [0, 1]);
  assert.equal(remove(changing, 'a'), true);
  assert.deepEqual([ask(changing, nested('y')).hits.total, ask(changing, {}).hits.total], [0, 0]);
});
