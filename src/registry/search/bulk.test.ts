import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  createBuild,
  createReadModel,
  createRecordReader,
  endOfRecords,
  put,
  type ReadModel,
  readRecord,
  remove,
  type SearchRecord,
  takeBatch,
} from './index.ts';
import { anyQuery, anyRecord, someField } from './testing/arbitrary.ts';
import { ask, idsOf } from './testing/ask.ts';
import { naiveMatches, naiveTerms } from './testing/naive.ts';

const utf8 = new TextEncoder();

/** A model built from batches of so many records, which go from one side to the other as they do between threads. */
function built(records: readonly SearchRecord[], atOnce: number): ReadModel {
  const model = createReadModel();
  const reader = createRecordReader();
  const build = createBuild(model);
  for (let from = 0; from < records.length; from += atOnce) {
    const batch = records.slice(from, from + atOnce);
    for (const record of batch) readRecord(reader, record);
    const lines = batch.map((record) => JSON.stringify(record));
    const ends = Int32Array.from(lines, (_, at) => utf8.encode(lines.slice(0, at + 1).join('')).length);
    build.takeBatch(structuredClone(takeBatch(reader, { json: utf8.encode(lines.join('')), ends })));
  }
  build.complete(structuredClone(endOfRecords(reader)));
  return model;
}

const distinct = fc.uniqueArray(anyRecord, { selector: ({ id }) => id, maxLength: 7 });

test('given records read in bulk, when they change and go, then any query finds what a walk over the records finds', () => {
  fc.assert(
    fc.property(
      distinct,
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.oneof(anyRecord, fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 6 }),
      fc.array(anyQuery, { minLength: 1, maxLength: 4 }),
      someField,
      (first, atOnce, changes, queries, path) => {
        const model = built(first, atOnce);
        const records = new Map(first.map((record) => [record.id, record]));
        const check = () => {
          const all = [...records.values()];
          for (const query of queries) {
            assert.deepEqual(idsOf(model, { query }), naiveMatches(all, query));
            const facets = { f: { terms: { field: path, size: 0 } } };
            if (!path.endsWith('open')) {
              assert.deepEqual(ask(model, { query, facets }).facets?.f, naiveTerms(all, query, path));
            }
          }
        };
        check();
        for (const change of changes) {
          if (typeof change === 'string') assert.equal(remove(model, change), records.delete(change));
          else {
            records.set(change.id, change);
            put(model, change);
          }
          check();
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('given the same records, when a question is asked, then a model built in bulk answers as one they were put into', () => {
  fc.assert(
    fc.property(distinct, anyQuery, (records, query) => {
      const model = createReadModel();
      for (const record of records) put(model, record);
      const source = {
        query,
        highlight: { fields: { '*': {} } },
        aggs: { n: { nested: { path: 'register.api' }, aggs: { top: { top_hits: { size: 3 } } } } },
      };
      const answer = (asked: ReadModel) => JSON.stringify(ask(asked, source));
      assert.equal(answer(built(records, 2)), answer(model));
    }),
    { numRuns: 200 },
  );
});

test('given records read in bulk that all went again, when the model is looked at, then nothing of them is left', () => {
  fc.assert(
    fc.property(distinct, (records) => {
      const model = built(records, 3);
      for (const { id } of records) remove(model, id);
      for (const { collection } of [model, ...model.members.values()]) {
        assert.equal(collection.count, 0);
        assert.ok(collection.all.every((list) => list === undefined));
        assert.ok(collection.terms.texts.every((text) => text === undefined));
        for (const field of collection.fields.values()) assert.equal(field.values.length, field.free.length);
      }
    }),
    { numRuns: 100 },
  );
});

test('given more paths than are kept apart, when records are read in bulk, then values of the others are found anywhere', () => {
  const names = Array.from({ length: 20_010 }, (_, at) => [`p${at}`, `word${at}`]);
  const record = { id: 'a', register: {}, admin: { x: Object.fromEntries(names) } };
  const numbered = (id: string, rid: number) => ({ id, register: {}, admin: { opendoar: { rid } } });
  const model = built([record, numbered('b', 5)], 1);
  const total = (text: string) => ask(model, { query: { match: { _all: text } } }).hits.total;
  assert.equal(total('word20009'), 1);
  // The first names of each account are kept apart in any case.
  put(model, numbered('c', 6));
  assert.deepEqual(idsOf(model, { query: { terms: { 'admin.opendoar.rid': [5, 6] } } }), ['b', 'c']);
  put(model, { id: 'a', register: {}, admin: { x: { other: 'thing' } } });
  assert.equal(total('word20009'), 0);
  assert.equal(total('thing'), 1);
});

test('given no records, when they are read in bulk, then the model is empty and takes what comes', () => {
  const model = built([], 1);
  assert.equal(ask(model, { query: { match_all: {} } }).hits.total, 0);
  put(model, { id: 'a', register: { title: 'york' } });
  assert.deepEqual(idsOf(model, { query: { match: { _all: 'york' } } }), ['a']);
});
