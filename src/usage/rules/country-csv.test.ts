import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { printAddress, readAddress } from './address.ts';
import { readCountryCsv } from './country-csv.ts';

async function countriesOf(text: string, addresses: string[]): Promise<(string | null)[]> {
  const result = await readCountryCsv(text.split('\n'));
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return addresses.map((text) => {
    const address = readAddress(text);
    assert.ok(address);
    return result.countryOf(address);
  });
}

test('given ranges in any order, quoted or not, with either line end, then both ends belong to them', async () => {
  assert.deepEqual(
    await countriesOf('"5.0.0.0","5.0.0.9","NL"\r\n\r\n 1.0.0.5 , 1.0.0.9 , de \r\n', [
      '1.0.0.4',
      '1.0.0.5',
      '1.0.0.9',
      '1.0.0.10',
      '5.0.0.0',
      '5.0.0.10',
    ]),
    [null, 'DE', 'DE', null, 'NL', null],
  );
});

test('given the ends of both address spaces, then they can be in a range', async () => {
  const six = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';
  assert.deepEqual(
    await countriesOf(`255.255.255.0,255.255.255.255,NL\n0.0.0.0,0.0.0.0,DE\nffff::,${six},SE\n::,::9,FI`, [
      '255.255.255.255',
      '0.0.0.0',
      '0.0.0.1',
      six,
      '::9',
      '::a',
      '7::',
    ]),
    ['NL', 'DE', null, 'SE', 'FI', null, null],
  );
});

test('given a range inside another, then the smaller one wins and the bigger one goes on after it', async () => {
  const lines = ['9.0.0.0,9.255.255.255,US', '9.1.0.0,9.1.0.255,NL', '9.1.0.7,9.1.0.255,BE'];
  for (const text of [lines, lines.toReversed()]) {
    assert.deepEqual(
      await countriesOf(text.join('\n'), [
        '9.0.255.255',
        '9.1.0.0',
        '9.1.0.7',
        '9.1.0.255',
        '9.1.1.0',
        '10.0.0.0',
      ]),
      ['US', 'NL', 'BE', 'BE', 'US', null],
    );
  }
});

test('given the same range twice, then one country is a repetition and two are a fault', async () => {
  assert.deepEqual(await countriesOf('9.0.0.0,9.0.0.9,US\n9.0.0.0,9.0.0.9,US', ['9.0.0.3']), ['US']);
  assert.deepEqual(await readCountryCsv(['9.0.0.0,9.0.0.9,US', '9.0.0.0,9.0.0.9,CA']), {
    ok: false,
    reason: 'line 2: this and line 1 give the same range different countries',
  });
});

test('property: a lookup gives the country of the smallest range that holds the address', async () => {
  const range = fc
    .tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('NL', 'DE', 'BE'),
    )
    .map(([a, b, country]) => ({ first: Math.min(a, b), last: Math.max(a, b), country }));
  const four = (number: number) => `9.0.0.${number}`;
  const six = (number: number) => `2001:db8:0:${number.toString(16)}::`;
  await fc.assert(
    fc.asyncProperty(fc.array(range, { minLength: 1, maxLength: 8 }), async (ranges) => {
      for (const print of [four, six]) {
        const result = await readCountryCsv(
          ranges.map((r) => `${print(r.first)},${print(r.last)},${r.country}`),
        );
        const contradicted = ranges.some((one) =>
          ranges.some(
            (two) =>
              (one.first < two.first && two.first <= one.last && one.last < two.last) ||
              (one.first === two.first && one.last === two.last && one.country !== two.country),
          ),
        );
        assert.equal(result.ok, !contradicted);
        for (let number = 0; result.ok && number <= 61; number++) {
          const smallest = ranges
            .filter((r) => r.first <= number && number <= r.last)
            .sort((a, b) => a.last - a.first - (b.last - b.first))[0];
          const address = readAddress(print(number));
          assert.ok(address);
          assert.equal(result.countryOf(address), smallest?.country ?? null);
        }
      }
    }),
  );
});

test('property: an address printed and read is the same address', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const address = readAddress(text);
      if (address) assert.deepEqual(readAddress(printAddress(address)), address);
    }),
  );
});
