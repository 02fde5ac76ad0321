import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createReadModel, put, remove, type SearchRecord } from './index.ts';
import { ask, idsOf } from './testing/ask.ts';
import { naiveMatches, naiveTerms } from './testing/naive.ts';

const words = ['Ünïversity', 'of', 'york', 'York', 'open-access', '日本', '12', 'éa', 'ab', 'abc'];
const text = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
  .map((list) => list.join(' '));
const number = fc.constantFrom(-1, 0, 3, 12, 51.5);
const member = fc.record(
  { name: text, kind: fc.constantFrom('rss', 'sword', 'oai-pmh'), open: fc.boolean(), ver: number },
  { requiredKeys: [] },
);
const register = fc.record(
  {
    title: text,
    tags: fc.array(text, { minLength: 1, maxLength: 20 }),
    count: number,
    api: fc.array(member, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const record: fc.Arbitrary<SearchRecord> = fc.record({
  id,
  register,
  admin: fc.record({ x: member }, { requiredKeys: [] }),
});
const change = fc.oneof(
  { weight: 4, arbitrary: record.map((put) => ({ put })) },
  { weight: 1, arbitrary: id.map((remove) => ({ remove })) },
);

const strings = ['register.title', 'register.tags', 'register.api.name', 'register.api.kind', 'admin.x.name'];
const field = fc.constantFrom(
  ...strings,
  'register.count',
  'register.api.ver',
  'register.api.open',
  'admin.x.ver',
);
const formed = fc.tuple(field, fc.constantFrom('', '.exact')).map(([path, suffix]) => path + suffix);
const value = fc.oneof(fc.constantFrom(...words), text, number, fc.boolean());
const pattern = fc.constantFrom('a*', '*b*', '?b', 'Y*', 'op*-a*', '*', 'rss', '1?', 'ün*', '*k of*');
const on = (name: string, body: fc.Arbitrary<unknown>, path: fc.Arbitrary<string> = formed) =>
  fc.tuple(path, body).map(([at, given]) => ({ [name]: { [at]: given } }));

const leaf = fc.oneof(
  on('term', value),
  on('terms', fc.array(value, { maxLength: 3 })),
  on('match', fc.record({ query: text, operator: fc.constantFrom('and', 'or') }), field),
  on('match_phrase', text, field),
  on('prefix', fc.constantFrom('a', 'Y', 'yor', 'ün', '1', 'Ünïversity of')),
  on('wildcard', pattern),
  on(
    'range',
    fc.record({ gte: number, lt: number }, { requiredKeys: [] }),
    fc.constantFrom('register.count', 'register.api.ver'),
  ),
  on('range', fc.record({ gte: text, lt: text }, { requiredKeys: [] }), fc.constantFrom(...strings)),
  fc
    .constantFrom('register', 'register.api', 'register.api.open', 'admin.x', 'nowhere')
    .chain((path) => fc.constantFrom({ exists: { field: path } }, { missing: { field: path } })),
  fc.array(id, { maxLength: 3 }).map((values) => ({ ids: { values } })),
  fc.constant({ match_all: {} }),
);

const { query } = fc.letrec<{ query: Record<string, unknown>; nested: Record<string, unknown> }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('nested'),
    fc
      .record(
        {
          must: fc.array(tie('query'), { maxLength: 2 }),
          should: fc.array(tie('query'), { maxLength: 2 }),
          must_not: fc.array(tie('query'), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      )
      .map((bool) => ({ bool })),
  ),
  nested: tie('query').map((inner) => ({ nested: { path: 'register.api', query: inner } })),
}));

test('given records that come, change and go, when any query is asked, then it finds what a walk over the records finds', () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 14 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      field,
      (changes, queries, path) => {
        const model = createReadModel();
        const records = new Map<string, SearchRecord>();
        for (const each of changes) {
          if ('put' in each) {
            records.set(each.put.id, each.put);
            put(model, each.put);
          } else assert.equal(remove(model, each.remove), records.delete(each.remove));
          const [first] = queries;
          assert.deepEqual(idsOf(model, { query: first }), naiveMatches([...records.values()], first ?? {}));
        }
        for (const each of queries) {
          const all = [...records.values()];
          assert.deepEqual(idsOf(model, { query: each }), naiveMatches(all, each));
          const facets = { f: { terms: { field: path, size: 0 } } };
          if (path.endsWith('open')) continue;
          assert.deepEqual(ask(model, { query: each, facets }).facets?.f, naiveTerms(all, each, path));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('given records that all went again, when the model is looked at, then nothing of them is left', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), (records) => {
      const model = createReadModel();
      for (const each of records) put(model, each);
      for (const each of records) remove(model, each.id);
      assert.equal(model.collection.count, 0);
      assert.deepEqual(
        model.collection.all.filter((list) => list !== undefined),
        [],
      );
      assert.equal(model.collection.terms.texts.filter((text) => text !== undefined).length, 0);
      for (const one of model.collection.fields.values()) assert.equal(one.numberOf.size, 0);
    }),
    { numRuns: 100 },
  );
});
