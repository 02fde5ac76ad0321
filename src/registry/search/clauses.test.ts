import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsOf } from './testing/ask.ts';
import { fourRepositories, paths } from './testing/four.ts';

const model = fourRepositories();
const { name, country, rid } = paths;
const api = (...must: object[]) => ({
  nested: { path: 'register.api', score_mode: 'avg', query: { bool: { must } } },
});

const clauses: [object, string][] = [
  [{ match_all: {} }, 'abcd'],
  [{ match_none: {} }, ''],
  [{ term: { [country]: 'Kingdom' } }, 'a'],
  [{ term: { [country]: 'United Kingdom' } }, ''],
  [{ term: { [`${country}.exact`]: { value: 'United Kingdom', boost: 2 } } }, 'a'],
  [{ term: { [`${country}.keyword`]: 'united kingdom' } }, ''],
  [{ term: { 'admin.opendoar.in_opendoar': 'true' } }, 'abc'],
  [{ term: { 'admin.opendoar.in_opendoar': 'F' } }, 'd'],
  [{ term: { [rid]: '2' } }, 'b'],
  [{ term: { [`${rid}.exact`]: 2 } }, 'b'],
  [{ terms: { [rid]: [1, '3'], execution: 'or' } }, 'ac'],
  [{ term: { _id: 'a' } }, 'a'],
  [{ match: { [name]: { query: 'white rose', operator: 'and' } } }, 'a'],
  [{ match: { [name]: 'white rose' } }, 'ad'],
  [{ match: { [name]: { query: 'white rose store', minimum_should_match: 2 } } }, 'ad'],
  [{ match: { [name]: { query: 'rose eprints', type: 'phrase' } } }, 'a'],
  [{ match: { [`${name}.exact`]: 'White Rose EPrints' } }, 'a'],
  [{ match_phrase: { [name]: 'paper store' } }, 'd'],
  [{ match_phrase_prefix: { [name]: 'white ro' } }, 'a'],
  [{ multi_match: { query: 'rose', fields: ['register.metadata.record.*^2'] } }, 'ad'],
  [
    {
      multi_match: {
        query: 'white york',
        fields: [name, 'register.*.name'],
        type: 'cross_fields',
        operator: 'and',
      },
    },
    'a',
  ],
  [{ multi_match: { query: 'white york', fields: [name], operator: 'and' } }, ''],
  [{ prefix: { [name]: 'Whi' } }, 'ad'],
  [{ prefix: { [`${name}.exact`]: 'White R' } }, 'a'],
  [{ prefix: { [`${name}.exact`]: 'white' } }, ''],
  [{ wildcard: { [`${name}.exact`]: '*Rose*' } }, 'a'],
  [{ fuzzy: { [name]: { value: 'whyte', fuzziness: 1 } } }, 'ad'],
  [{ fuzzy: { [name]: { value: 'whyte', fuzziness: 1, prefix_length: 3 } } }, ''],
  [{ ids: { values: ['a', 'd', 'zz'] } }, 'ad'],
  [{ range: { [rid]: { from: '2', to: '3' } } }, 'bc'],
  [{ range: { [rid]: { from: 2, to: 3, include_lower: false, include_upper: false } } }, ''],
  [{ range: { [rid]: { gt: 1, lte: 3 } } }, 'bc'],
  [{ range: { last_updated: { gte: 'now-1d/d', lt: 'now/d' } } }, 'b'],
  [{ range: { last_updated: { gte: 'now-1d/d' } } }, 'bc'],
  [{ range: { last_updated: { gt: '2014-01-23' } } }, 'c'],
  [{ range: { last_updated: { lte: '2014-01-23' } } }, 'abd'],
  [{ range: { last_updated: { gte: '2014-01-22||+1d/d', lte: '2014-01' } } }, 'bc'],
  [{ range: { 'register.metadata.record.established_date': { gte: 2004, lte: 2004 } } }, 'a'],
  [{ range: { [country]: { gte: 'G', lt: 'U' } } }, 'c'],
  [{ exists: { field: 'register.organisation' } }, 'ab'],
  [{ exists: { field: 'location' } }, 'abc'],
  [{ missing: { field: country, existence: true, null_value: true } }, 'd'],
  [{ bool: { should: [{ term: { [rid]: 1 } }, { term: { [rid]: 2 } }] } }, 'ab'],
  [{ bool: { must: { match_all: {} }, should: { term: { [rid]: 1 } } } }, 'abcd'],
  [{ bool: { must: { match_all: {} }, should: { term: { [rid]: 1 } }, minimum_should_match: 1 } }, 'a'],
  [{ bool: { filter: [{ term: { [name]: 'white' } }], must_not: { term: { [rid]: 4 } } } }, 'a'],
  [
    {
      filtered: {
        query: { match: { [name]: 'white' } },
        filter: { and: [{ exists: { field: country } }, { match_all: {} }] },
      },
    },
    'a',
  ],
  [
    {
      filtered: {
        filter: { or: { filters: [{ term: { [rid]: 1 } }, { term: { [rid]: 4 } }], _cache: true } },
      },
    },
    'ad',
  ],
  [{ constant_score: { filter: { not: { term: { [rid]: 4 } } }, boost: 3 } }, 'abc'],
  [{ not: { filter: { query: { query_string: { query: 'white' } } } } }, 'bc'],
  [
    api(
      { term: { 'register.api.api_type.exact': 'oai-pmh' } },
      { term: { 'register.api.version.exact': '1.3' } },
    ),
    'b',
  ],
  [
    {
      bool: {
        must: [
          { term: { 'register.api.api_type.exact': 'oai-pmh' } },
          { term: { 'register.api.version.exact': '1.3' } },
        ],
      },
    },
    'ab',
  ],
  [{ geo_distance: { distance: '700km', location: { lat: 51.5, lon: 0 } } }, 'a'],
  [{ geo_distance: { distance: 600, unit: 'mi', location: '51.5,0' } }, 'ab'],
  [{ geo_distance_range: { from: '500km', to: '1000km', location: [0, 51.5] } }, 'b'],
  [{ geo_bounding_box: { location: { top_left: [-10, 60], bottom_right: { lat: 40, lon: 10 } } } }, 'ab'],
  [{ geo_bounding_box: { location: { top_left: '60,100', bottom_right: '0,-100' } } }, 'c'],
];

for (const [query, ids] of clauses) {
  test(`given ${JSON.stringify(query)}, when it is asked, then it finds «${ids}»`, () => {
    assert.equal(idsOf(model, { query }).join(''), ids);
    assert.equal(idsOf(model, { filter: query }).join(''), ids);
  });
}
