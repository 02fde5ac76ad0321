import fc from 'fast-check';
import type { SearchRecord } from '../index.ts';

// Few words, ids and paths, so that records and questions meet.

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
export const anyId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
export const anyRecord: fc.Arbitrary<SearchRecord> = fc.record({
  id: anyId,
  register,
  admin: fc.record({ x: member }, { requiredKeys: [] }),
});
const strings = ['register.title', 'register.tags', 'register.api.name', 'register.api.kind', 'admin.x.name'];
export const someField = fc.constantFrom(
  ...strings,
  'register.count',
  'register.api.ver',
  'register.api.open',
  'admin.x.ver',
);
const formed = fc.tuple(someField, fc.constantFrom('', '.exact')).map(([path, suffix]) => path + suffix);
const value = fc.oneof(fc.constantFrom(...words), text, number, fc.boolean());
const pattern = fc.constantFrom('a*', '*b*', '?b', 'Y*', 'op*-a*', '*', 'rss', '1?', 'ün*', '*k of*');
const on = (name: string, body: fc.Arbitrary<unknown>, path: fc.Arbitrary<string> = formed) =>
  fc.tuple(path, body).map(([at, given]) => ({ [name]: { [at]: given } }));

const leaf = fc.oneof(
  on('term', value),
  on('terms', fc.array(value, { maxLength: 3 })),
  on('match', fc.record({ query: text, operator: fc.constantFrom('and', 'or') }), someField),
  on('match_phrase', text, someField),
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
  fc.array(anyId, { maxLength: 3 }).map((values) => ({ ids: { values } })),
  fc.constant({ match_all: {} }),
);

export const { query: anyQuery } = fc.letrec<{
  query: Record<string, unknown>;
  nested: Record<string, unknown>;
}>((tie) => ({
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
