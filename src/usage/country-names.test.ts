import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countryCode, countryName } from './country-names.ts';

const known: [text: string, code: string][] = [
  ['DE', 'DE'],
  ['de', 'DE'],
  [' DEU ', 'DE'],
  ['Germany', 'DE'],
  ['GERMANY', 'DE'],
  ['UK', 'GB'],
  ['United Kingdom', 'GB'],
  ['EL', 'GR'],
  ['Greece', 'GR'],
  ['XK', 'XK'],
  ['XKX', 'XK'],
  ['The Netherlands', 'NL'],
  ['USA', 'US'],
  ['U.S.A.', 'US'],
  ['Korea, Republic of', 'KR'],
  ['Iran, Islamic Republic of', 'IR'],
  ['Côte d’Ivoire', 'CI'],
  ["Cote d'Ivoire", 'CI'],
  ['Bosnia & Herzegovina', 'BA'],
  ['St. Lucia', 'LC'],
  ['Congo', 'CG'],
  ['Turkey', 'TR'],
];

for (const [text, code] of known) {
  test(`given the country ${JSON.stringify(text)}, when its code is asked for, then it is ${code}`, () => {
    assert.equal(countryCode(text), code);
  });
}

for (const text of ['', 'ZZ', 'EU', 'XX', 'QQQ', '49', 'Atlantis', 'Korea', 'x'.repeat(1000)]) {
  test(`given ${JSON.stringify(text.slice(0, 20))}, when its code is asked for, then it is not guessed`, () => {
    assert.equal(countryCode(text), null);
  });
}

test('given any text, when its code is asked for, then it is a code with a name or null', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ maxLength: 3 })), (text) => {
      const code = countryCode(text);
      if (code !== null) assert.equal(countryCode(countryName(code) ?? ''), code);
    }),
  );
});

test('given codes, when their names are asked for, then they are English; unknown ones have none', () => {
  assert.deepEqual(['DE', 'XK', 'CN', 'ZZ', 'QQ', 'de'].map(countryName), [
    'Germany',
    'Kosovo',
    'China',
    'Unknown',
    null,
    null,
  ]);
});
