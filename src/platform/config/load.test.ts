import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadConfig, publicUrl } from './index.ts';
import { variables } from './variables.ts';

function config(env: Record<string, string>) {
  const loaded = loadConfig(env);
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.faults.join('\n'));
  return loaded.config;
}

function faults(env: Record<string, string>) {
  const loaded = loadConfig(env);
  return loaded.ok ? [] : loaded.faults;
}

test('given an empty environment, then every variable has the default of the contract', () => {
  const loaded = config({});
  assert.equal(loaded.host, '127.0.0.1');
  assert.equal(loaded.port, 8080);
  assert.equal(loaded.dataDir, resolve('./data'));
  assert.equal(loaded.databaseUrl, null);
  assert.deepEqual(loaded.allowPrivateAddresses, []);
  assert.equal(loaded.logLevel, 'info');
  assert.equal(loaded.saltDays, 40);
  assert.equal(loaded.sruQuery, 'dc.identifier exact "{id}"');
  assert.equal(loaded.processors, 1);
});

test('given empty and blank values, then they count as absent', () => {
  assert.equal(config({ PORT: '', DATABASE_URL: '  ' }).port, 8080);
});

test('given several bad values, then each is one line that names the variable and what it must be', () => {
  assert.deepEqual(faults({ PORT: 'http', USAGE_SALT_DAYS: '0', LOG_LEVEL: 'loud' }), [
    'PORT must be a whole number from 0 to 65535',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
    'USAGE_SALT_DAYS must be a whole number from 1 to 400',
  ]);
});

test('given a bad value that holds a password, then the fault does not repeat it', () => {
  assert.deepEqual(faults({ DATABASE_URL: 'mysql://me:secret@db/x' }), [
    'DATABASE_URL must be a postgres:// or postgresql:// URL',
  ]);
});

for (const [name, bad] of [
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['HOST', 'not a host'],
  ['PUBLIC_URL', 'almanac.example.org'],
  ['PUBLIC_URL', 'https://almanac.example.org/?a=b'],
  ['DATABASE_URL', 'localhost/almanac'],
  ['ALLOW_PRIVATE_ADDRESSES', '10.0.0.0/33'],
  ['ALLOW_PRIVATE_ADDRESSES', '10.1'],
  ['ALLOW_PRIVATE_ADDRESSES', ','],
  ['CONTACT_EMAIL', 'nobody'],
  ['CONTACT_EMAIL', 'a@b.org, c@d.org'],
  ['ROBOTS_LIST', 'ftp://example.org/list'],
  ['GEOIP_DB', '/tmp/countries.txt'],
  ['SRU_URL', 'sru.example.org'],
  ['SRU_QUERY', 'dc.identifier exact 1'],
  ['USAGE_SALT_DAYS', '401'],
  ['PROCESSORS', 'many'],
] as const) {
  test(`given ${name}=${bad}, then the start is refused with one line`, () => {
    const found = faults({ [name]: bad });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', new RegExp(`^${name} must be [^\\n]+$`));
  });
}

test('given addresses and CIDRs, then each is kept as a CIDR', () => {
  assert.deepEqual(config({ ALLOW_PRIVATE_ADDRESSES: '10.0.0.0/8, 127.0.0.1,::1' }).allowPrivateAddresses, [
    '10.0.0.0/8',
    '127.0.0.1/32',
    '::1/128',
  ]);
});

test('given a robots list, then a URL stays and a path becomes absolute', () => {
  assert.equal(
    config({ ROBOTS_LIST: 'https://example.org/l.json' }).robotsList,
    'https://example.org/l.json',
  );
  assert.equal(config({ ROBOTS_LIST: 'l.json' }).robotsList, resolve('l.json'));
});

test('given no PUBLIC_URL, then it is http://HOST:PORT with the port listened on', () => {
  assert.equal(publicUrl(config({})), 'http://127.0.0.1:8080');
  assert.equal(publicUrl(config({ PORT: '0', HOST: '::1' }), 4711), 'http://[::1]:4711');
  assert.equal(publicUrl(config({ PUBLIC_URL: 'https://a.example/x/' }), 4711), 'https://a.example/x');
});

test('given any text in any variable, then reading gives a value or one line and never throws', () => {
  const names = Object.values(variables).map((v) => v.name);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), (name, text) => {
      const found = faults({ [name]: text });
      return found.length <= 1 && found.every((line) => line.startsWith(`${name} must be `));
    }),
  );
});
