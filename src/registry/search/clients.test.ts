import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askFor } from './testing/ask.ts';
import { fourRepositories, paths } from './testing/four.ts';

const model = fourRepositories();
const { name, country } = paths;
const facets = { [`${country}.exact`]: { terms: { field: `${country}.exact`, size: 110, order: 'count' } } };

/** Requests in the shapes that facetview (1 and 2), graphview and the map page send. */
const requests: [string, object, number][] = [
  ['facetview2, all', { query: { match_all: {} }, from: 0, size: 10, facets }, 4],
  [
    'facetview2, a facet chosen',
    {
      query: {
        filtered: {
          filter: { bool: { must: [{ term: { [`${country}.exact`]: 'France' } }] } },
          query: { match_all: {} },
        },
      },
      facets,
    },
    1,
  ],
  [
    'facetview2, a word in a field',
    { query: { query_string: { query: 'eprints', default_field: name, default_operator: 'OR' } }, facets },
    1,
  ],
  [
    'facetview2, wrapped and escaped text',
    { query: { query_string: { query: '*AC\\/DC\\:* ', default_operator: 'AND' } }, facets },
    1,
  ],
  [
    'facetview2, sorted',
    { query: { match_all: {} }, sort: [{ [`${name}.exact`]: { order: 'asc' } }], from: 1, size: 25, facets },
    4,
  ],
  [
    'facetview2, statistics',
    {
      query: { match_all: {} },
      facets: { l: { statistical: { field: 'register.organisation.details.lat' } } },
    },
    4,
  ],
  [
    'facetview2, partial fields',
    { query: { match_all: {} }, partial_fields: { part: { include: [name, 'id'] } } },
    4,
  ],
  [
    'facetview, a true flag',
    {
      query: {
        filtered: {
          query: { match_all: {} },
          filter: { bool: { must: [{ term: { 'admin.opendoar.in_opendoar': true } }] } },
        },
      },
    },
    3,
  ],
  [
    'facetview, a range as text',
    {
      query: {
        filtered: {
          query: { match_all: {} },
          filter: {
            bool: { must: [{ range: { 'register.organisation.details.lat': { from: '0', to: '45.76' } } }] },
          },
        },
      },
    },
    1,
  ],
  [
    'graphview, from as text',
    { query: { bool: { must: [{ match_all: {} }] } }, from: '0', size: 10, facets },
    4,
  ],
  [
    'the map',
    {
      query: { match_all: {} },
      size: 3000,
      fields: ['register.organisation.details.lat', name, 'id'],
      facets: {},
    },
    4,
  ],
];

for (const [client, source, total] of requests) {
  test(`given what ${client} sends, when it is asked, then it is understood`, () => {
    const { hits } = askFor(model, { source: JSON.stringify(source) });
    assert.equal(hits.total, total);
  });
}
