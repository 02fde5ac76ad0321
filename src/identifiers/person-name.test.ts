import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameId, normaliseName, organisationNameId } from './index.ts';

const NAMES: Record<string, string> = {
  'Doe, Jane': 'doe, jane',
  'DOE ,Jane,': 'doe, jane',
  'García Márquez,  G.': 'garcia marquez, g',
  'O’Neill-Smith, J.-P. (ed.)': 'o neill smith, j p ed',
  'Ångström, 3rd': 'angstrom, 3rd',
  'ﬁne, Ⅳ²': 'fine, iv2',
  ', Doe,, Jane': 'doe, jane',
  'Łódź 王小明': 'łodz 王小明',
  '...': '',
};

for (const [name, normalised] of Object.entries(NAMES)) {
  test(`given the name ${name}, when it is normalised, then it is "${normalised}"`, () => {
    assert.equal(normaliseName(name), normalised);
  });
}

test('given a name and a partner, when its id is made, then it holds both; a name without letters has none', () => {
  assert.equal(nameId('ror:04dkp9463', 'Doe, J.'), 'name:ror:04dkp9463:doe, j');
  assert.equal(nameId('p', ' . '), null);
  assert.equal(organisationNameId('Universiteit Utrecht'), 'name:universiteit utrecht');
  assert.equal(organisationNameId(','), null);
});

test('given any name, when it is normalised, then once more changes nothing and only its alphabet is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
      const normalised = normaliseName(name);
      assert.equal(normaliseName(normalised), normalised);
      assert.match(normalised, /^(?:[\p{L}\p{Nd}]+(?:,? [\p{L}\p{Nd}]+)*)?$/u);
    }),
    { numRuns: 2000 },
  );
});
