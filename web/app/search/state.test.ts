import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { facetNames } from './facets.ts';
import {
  addressOf,
  readState,
  type SearchState,
  scopes,
  sorts,
  steps,
  toggled,
  views,
  writeState,
} from './state.ts';

const text = fc.string({ minLength: 1, maxLength: 40 }).filter((value) => value.trim() === value);
const states = fc
  .record({
    q: fc.oneof(fc.constant(''), text),
    in: fc.constantFrom(...scopes),
    chosen: fc.dictionary(
      fc.constantFrom(...facetNames),
      fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
    ),
    sort: fc.constantFrom(...sorts),
    view: fc.constantFrom(...views),
    page: fc.integer({ min: 1, max: 4000 }),
    columns: fc.array(text, { maxLength: 3 }),
    more: fc.option(fc.constantFrom(...facetNames)),
    values: fc.constantFrom(...steps),
  })
  .map((state) => ({ ...state, chosen: { ...state.chosen } }) as SearchState);

test('given any search, when its address is read, then it is the same search', () => {
  fc.assert(fc.property(states, (state) => assert.deepEqual(readState(writeState(state)), state)));
});

test('given anything as an address, when read, then it is a search whose address says the same', () => {
  const parameters = fc.array(
    fc.tuple(fc.constantFrom('q', 'in', 'sort', 'page', 'view', 'country', 'x'), fc.string()),
  );
  fc.assert(
    fc.property(parameters, (pairs) => {
      const state = readState(new URLSearchParams(pairs));
      assert.deepEqual(readState(writeState(state)), state);
    }),
  );
});

test('given a value chosen twice, then it is as before', () => {
  const state = readState(new URLSearchParams('country=Germany&country=France&software=DSpace'));
  const once = { ...state, ...toggled(state, 'country', 'France') };
  assert.deepEqual(once.chosen, { country: ['Germany'], software: ['DSpace'] });
  const none = { ...once, ...toggled(once, 'country', 'Germany') };
  assert.deepEqual(toggled(none, 'software', 'DSpace').chosen, {});
});

test('given a change of what is found, then the address is that of the first page', () => {
  const state = readState(new URLSearchParams('q=theses&page=7'));
  assert.equal(addressOf(state, { sort: 'name' }), '/repositories?q=theses&sort=name');
  assert.equal(addressOf(state, { page: 8 }), '/repositories?q=theses&page=8');
});

test('given pages that cannot be, then the first one is shown', () => {
  for (const page of ['0', '-1', '1.5', 'x', '']) {
    assert.equal(readState(new URLSearchParams({ page })).page, 1);
  }
  assert.equal(readState(new URLSearchParams({ page: '99999999' })).page, 4000);
});
