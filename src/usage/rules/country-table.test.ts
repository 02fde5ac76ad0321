import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CountryTable, openCountryTable } from './country-table.ts';
import { bitsOf, type MmdbRecord, writeMmdb } from './fixtures/mmdb.ts';

function write(t: TestContext, name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'countries-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function open(path: string): Promise<CountryTable> {
  const result = await openCountryTable(path);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.table;
}

async function reasonOf(path: string): Promise<string> {
  const result = await openCountryTable(path);
  assert.ok(!result.ok);
  assert.doesNotMatch(result.reason, /\n/);
  return result.reason;
}

const csv = '118.94.0.0,118.94.255.255,CN\n10.0.0.0,10.255.255.255,NL\n2001:db8::,2001:db8::ffff,DE\n';

test('given a CSV, then addresses and C-class subnets have its countries', async (t) => {
  const { lookup } = await open(write(t, 'c.csv', csv));
  for (const address of ['118.94.150.7', '118.94.150.0', '118.94.150', '118.94.150.x', '118.94.150.*']) {
    assert.equal(lookup(address), 'CN', address);
  }
  assert.equal(lookup(' 118.94.150.0/24 '), 'CN');
  assert.equal(lookup('::ffff:118.94.150.7'), 'CN');
  assert.equal(lookup('2001:DB8:0::1'), 'DE');
});

test('given private, impossible, unknown and no addresses, then ZZ', async (t) => {
  const { lookup } = await open(write(t, 'c.CSV', `${csv}0.0.0.0,255.255.255.255,FR\n::,ffff::,SE`));
  for (const address of [
    '10.1.2.3',
    '10.1.2',
    '127.0.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '0.0.0.0',
  ]) {
    assert.equal(lookup(address), 'ZZ', address);
  }
  for (const address of [
    '::1',
    'fd00::1',
    'fe80::1%eth0',
    '11.222.333.130',
    '1.2.3.4.5',
    '1.2',
    '',
    'd41d8cd98f',
    'x:y',
  ]) {
    assert.equal(lookup(address), 'ZZ', address);
  }
  assert.equal(lookup(null), 'ZZ');
  assert.equal(lookup('255.255.255.254'), 'FR');
  assert.equal(lookup('192.0.2.1'), 'FR');
});

const layouts: [string, MmdbRecord][] = [
  ['country.iso_code', { continent: { code: 'AS' }, country: { iso_code: 'CN', names: { en: 'China' } } }],
  ['country_code', { continent: 'AS', country_code: 'CN', country: 'China' }],
];

for (const [layout, record] of layouts) {
  test(`given an mmdb with ${layout}, then addresses and subnets have its countries, others ZZ`, async (t) => {
    const networks: [string, MmdbRecord][] = [
      [`${'0'.repeat(96)}${bitsOf('118.94.0.0', 16)}`, record],
      [`${'0'.repeat(96)}${bitsOf('10.0.0.0', 8)}`, record],
      [bitsOf('32.1.13.184', 32), record],
    ];
    const { lookup } = await open(write(t, 'c.mmdb', writeMmdb(6, networks)));
    assert.equal(lookup('118.94.150.7'), 'CN');
    assert.equal(lookup('118.94.150'), 'CN');
    assert.equal(lookup('2001:db8::1'), 'CN');
    assert.equal(lookup('118.95.0.1'), 'ZZ');
    assert.equal(lookup('2001:db9::1'), 'ZZ');
    assert.equal(lookup('10.1.2.3'), 'ZZ');
    assert.equal(lookup('11.222.333.130'), 'ZZ');
  });
}

test('given an mmdb of IPv4 only, then an IPv6 address is ZZ and not the country of its first bits', async (t) => {
  const file = writeMmdb(4, [[bitsOf('32.0.0.0', 8), { country_code: 'nl' }]]);
  const { lookup } = await open(write(t, 'c.mmdb', file));
  assert.equal(lookup('32.1.1.1'), 'NL');
  assert.equal(lookup('2001:db8::1'), 'ZZ');
});

test('given an mmdb record without a country, then ZZ', async (t) => {
  const file = writeMmdb(4, [
    [bitsOf('32.0.0.0', 8), { continent: { code: 'EU' } }],
    [bitsOf('33.0.0.0', 8), { country_code: 'Netherlands' }],
  ]);
  const { lookup } = await open(write(t, 'c.mmdb', file));
  assert.deepEqual([lookup('32.1.1.1'), lookup('33.1.1.1')], ['ZZ', 'ZZ']);
});

test('given a bad file, then the failure is one line with file, line and fault', async (t) => {
  const faultOf = async (text: string) =>
    (await reasonOf(write(t, 'bad.csv', text))).replace(/^.*bad\.csv: /, '');
  assert.equal(await faultOf('first,last,CC\n'), 'line 1: first is not an IP address');
  assert.equal(
    await faultOf('1.0.0.0,1.0.0.255,AU\n\n1.0.1.0,1.0.1.256,AU'),
    'line 3: 1.0.1.256 is not an IP address',
  );
  assert.equal(await faultOf('1.0.0.0,1.0.0.255,AUS'), 'line 1: AUS is not a country code of two letters');
  assert.equal(await faultOf('1.0.0.0,1.0.0.255'), 'line 1: must be first,last,CC');
  assert.equal(await faultOf('1.0.0.9,1.0.0.0,AU'), 'line 1: last is before first');
  assert.equal(await faultOf('1.0.0.9,::1,AU'), 'line 1: first and last are not of the same IP version');
  assert.equal(await faultOf('\n'), 'it holds no range');
  assert.equal(await faultOf('1.0.0.0,1.0.0.9,AU\n1.0.0.5,1.0.0.20,NZ'), 'line 2: this and line 1 cross');
  assert.match(await reasonOf(write(t, 'bad.mmdb', 'no database')), /bad\.mmdb cannot be read: /);
  assert.match(await reasonOf(join(tmpdir(), 'no-such-folder', 'c.csv')), /c\.csv cannot be read: ENOENT/);
  assert.match(await reasonOf('countries.txt'), /must end in \.mmdb or \.csv/);
});
