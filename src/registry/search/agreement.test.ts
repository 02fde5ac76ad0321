import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createReadModel, put, remove, type SearchRecord } from './index.ts';
import { anyId, anyQuery, anyRecord, someField } from './testing/arbitrary.ts';
import { ask, idsOf } from './testing/ask.ts';
import { naiveMatches, naiveTerms } from './testing/naive.ts';

const change = fc.oneof(
  { weight: 4, arbitrary: anyRecord.map((put) => ({ put })) },
  { weight: 1, arbitrary: anyId.map((remove) => ({ remove })) },
);

test('given records that come, change and go, when any query is asked, then it finds what a walk over the records finds', () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 14 }),
      fc.array(anyQuery, { minLength: 1, maxLength: 4 }),
      someField,
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
    fc.property(fc.array(anyRecord, { maxLength: 8 }), (records) => {
      const model = createReadModel();
      for (const each of records) put(model, each);
      for (const each of records) remove(model, each.id);
      assert.equal(model.collection.count, 0);
      assert.deepEqual(
        model.collection.all.filter((list) => list !== undefined),
        [],
      );
      assert.equal(model.collection.terms.texts.filter((text) => text !== undefined).length, 0);
      for (const one of model.collection.fields.values()) assert.equal(one.values.length, one.free.length);
    }),
    { numRuns: 100 },
  );
});
