import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkRegister } from './check-register.ts';
import { type Field, type Fields, registerFields } from './fields.ts';
import type { Json, JsonObject } from './record.ts';

const nonsense = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

const good: Record<string, fc.Arbitrary<Json>> = {
  url: fc.webUrl(),
  uri: fc.webUrl(),
  record: fc.constant(`info:oarr:${'0'.repeat(32)}`),
  boolean: fc.boolean(),
  latitude: fc.constantFrom(1, '1.5'),
  longitude: fc.constantFrom(1, '-1e1'),
  'partial-date': fc.constantFrom(2001, '2001-02', '2001-02-03'),
  timestamp: fc.constant('2001-02-03T04:05:06Z'),
  'country-code': fc.constantFrom('na', 'GB', 'xk'),
  'continent-code': fc.constantFrom('na', 'EU'),
  continent: fc.constantFrom('Europe', 'Asia'),
  'language-tag': fc.constantFrom('en', 'FR', 'pt-BR'),
  'language-code': fc.constantFrom('en', 'haw', 'EL'),
  'relation-type': fc.constant('mirror'),
};

/** Values of a field: mostly good, at times not. */
function valuesOf(field: Field): fc.Arbitrary<Json> {
  if (field.kind === 'object') return objectOf(field.fields);
  if (field.kind === 'list') return fc.array(valuesOf(field.of), { maxLength: 3 });
  return fc.oneof(
    { weight: 20, arbitrary: good[field.kind] ?? fc.string() },
    { weight: 1, arbitrary: nonsense },
  );
}

function objectOf(fields: Fields): fc.Arbitrary<JsonObject> {
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valuesOf(field)]));
  return fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

test('given a text of the greatest length, then whole characters are counted', () => {
  const named = (name: string) => checkRegister({ metadata: [{ record: { name } }] }, '').faults;
  assert.deepEqual(named('𝒜'.repeat(10_000)), []);
  assert.equal(named('𝒜'.repeat(10_001)).length, 1);
  assert.equal(named('x'.repeat(10_001)).length, 1);
});

test('property: what was taken is taken again as it is', () => {
  fc.assert(
    fc.property(objectOf(registerFields), (given) => {
      const first = checkRegister(given, '');
      if (first.faults.length > 0) return;
      const second = checkRegister(first.register, '');
      assert.deepEqual(second.faults, []);
      assert.deepEqual(second.register, first.register);
    }),
    { numRuns: 300 },
  );
});

test('property: whatever is sent, the answer is a list of faults with paths into it, never an exception', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(registerFields), 'other'), nonsense),
      (given) => {
        const { faults } = checkRegister(given, '/register');
        for (const { path } of faults) assert.ok(path.startsWith('/register/'), path);
      },
    ),
  );
});

test('given a code, then what follows from it is filled in; Namibia and North America are told apart', () => {
  const { register } = checkRegister(
    { metadata: [{ record: { country_code: 'na', language_code: ['haw'] } }] },
    '',
  );
  assert.deepEqual(register.metadata, [
    {
      record: {
        country_code: 'NA',
        language_code: ['haw'],
        country: 'Namibia',
        continent: 'Africa',
        continent_code: 'AF',
        language: ['Hawaiian'],
      },
      lang: 'en',
      default: true,
    },
  ]);
  const codes = { country_code: 'us', continent_code: 'na' };
  const second = checkRegister({ metadata: [{ record: codes }] }, '');
  assert.ok(JSON.stringify(second.register).includes('North America'));
});

test('given coordinates, then both or none, in range, stored as numbers', () => {
  const faultsOf = (details: JsonObject) =>
    checkRegister({ organisation: [{ details }] }, '').faults.map(({ path }) =>
      path.replace('/organisation/0/details', ''),
    );
  assert.deepEqual(faultsOf({ lat: '90', lon: '-180' }), []);
  assert.deepEqual(faultsOf({ lat: 90.1, lon: '181' }), ['/lat', '/lon']);
  assert.deepEqual(faultsOf({ lat: 1 }), ['/lon']);
  assert.deepEqual(faultsOf({ lat: 'x', lon: '1' }), ['/lat']);
  const { register } = checkRegister({ organisation: [{ details: { lat: ' 1.50 ', lon: '2' } }] }, '');
  assert.deepEqual(register.organisation, [{ details: { lat: 1.5, lon: 2 } }]);
});
