import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseQuery } from './index.ts';
import { askFor, faultsOf, idsOf } from './testing/ask.ts';
import { fourRepositories, paths } from './testing/four.ts';

const model = fourRepositories();
const found = (query: string, more: object = {}) =>
  idsOf(model, { query: { query_string: { query, ...more } } }).join('');

const sentences: [string, string, object?][] = [
  ['white', 'ad'],
  ['WHITE rose', 'ad'],
  ['white AND eprints', 'a'],
  ['white eprints', 'a', { default_operator: 'AND' }],
  ['white && eprints', 'a'],
  ['kyoto || eprints || lyon', 'ab'],
  ['white NOT eprints', 'd'],
  ['white -eprints', 'd'],
  ['white !eprints', 'd'],
  ['-white', 'bc'],
  ['+white eprints', 'ad'],
  ['(eprints OR lyon) AND -france', 'a'],
  ['"white rose"', 'a'],
  ['"rose white"', ''],
  ['depot', 'b'],
  ['京都', 'c'],
  ['都京', ''],
  ['epr*', 'a'],
  ['*prin*', 'a'],
  ['*prints ', 'a'],
  ['epr?nts', 'a'],
  ['eprnts~', 'a'],
  ['eprnst~2', 'a'],
  ['eprnst~1', ''],
  ['AC\\/DC\\:', 'b'],
  ['AC/DC', 'b'],
  [`${paths.country}:france`, 'b'],
  [`${paths.country}.exact:"United Kingdom"`, 'a'],
  [`${paths.country}.exact:United*`, 'a'],
  [`${paths.name}:(white -eprints)`, 'd'],
  [`${paths.rid}:[2 TO 3]`, 'bc'],
  [`${paths.rid}:{2 TO 3}`, ''],
  [`${paths.rid}:[2 TO *]`, 'bcd'],
  [`${paths.rid}:>2`, 'cd'],
  [`${paths.rid}:<=2`, 'ab'],
  ['last_updated:[2014-01-23 TO 2014-01-23]', 'b'],
  ['_exists_:register.api', 'ab'],
  ['NOT _exists_:register.api', 'cd'],
  ['*:*', 'abcd'],
  ['*', 'abcd'],
  ['white^3 lyon', 'abd'],
  ['admin.opendoar.in_opendoar:false', 'd'],
  ['rose', 'ad', { fields: [`${paths.name}^2`, 'register.metadata.record.description'] }],
  ['rose', 'a', { fields: ['register.*.name'] }],
  ['york', '', { default_field: paths.name, use_dis_max: true, analyze_wildcard: true, lenient: true }],
];

for (const [query, ids, more] of sentences) {
  test(`given the query string ${query}, when it is asked, then it finds «${ids}»`, () => {
    assert.equal(found(query, more), ids);
  });
}

const broken: [string, number][] = [
  ['(white', 1],
  ['white)', 6],
  ['white "rose', 7],
  ['white AND', 10],
  ['AND white', 4],
  ['name:', 1],
  ['rid:[1 TO', 5],
  ['a~3', 1],
  ['a^b', 2],
];

for (const [query, at] of broken) {
  test(`given the broken query string ${query}, when it is asked, then the fault says character ${at}`, () => {
    const [fault] = faultsOf({ source: { query: { query_string: { query } } } });
    assert.equal(fault?.path, '/query/query_string/query');
    assert.match(fault?.message ?? '', new RegExp(`\\(at character ${at}\\)$`));
  });
}

test('given any text, when simple_query_string or q is asked, then it never fails', () => {
  const sign = fc.constantFrom(
    '"',
    '(',
    ')',
    '*',
    '~',
    '[',
    ' TO ',
    ':',
    '\\',
    '+',
    '-',
    ' AND ',
    'york',
    ' ',
    '|',
    '😀',
    '{',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(sign).map((list) => list.join('')),
      ),
      (text) => {
        assert.ok(parseQuery({ source: { query: { simple_query_string: { query: text } } } }).ok);
        assert.ok(parseQuery({ q: text }).ok);
        parseQuery({ source: { query: { query_string: { query: text } } } });
      },
    ),
    { numRuns: 500 },
  );
});

const free: [string, string][] = [
  ['white rose', 'ad'],
  ['"white rose"', 'a'],
  ['whi*', 'ad'],
  ['*hite', ''],
  ['AC/DC', 'b'],
  ['(white', 'ad'],
  ['name:white', ''],
  ['', 'abcd'],
  ['!!', ''],
];

for (const [q, ids] of free) {
  test(`given q=${q}, when it is asked, then it finds «${ids}»`, () => {
    const hits = askFor(model, { q }).hits.hits.map((hit) => hit._id);
    assert.equal(hits.sort().join(''), ids);
  });
}
