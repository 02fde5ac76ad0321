import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { faultOfUrl, mayReach, parseAddressRanges } from './address-guard.ts';

const refused = [
  '0.0.0.0',
  '0.255.255.255',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '2002:7f00:1::',
  '2002:808:808::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '2001:db8::1',
  '2001:0:1::1',
  'fec0::1',
  '100::1',
  'not an address',
  '',
  '1.2.3',
  '0x7f.1',
];
const reachable = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450::1',
  '::ffff:8.8.8.8',
  '::ffff:808:808',
];

for (const address of refused) {
  test(`given no exceptions, when ${address || 'nothing'} is judged, then it is refused`, () => {
    assert.equal(mayReach(address, []), false);
  });
}

for (const address of reachable) {
  test(`given no exceptions, when ${address} is judged, then it may be reached`, () => {
    assert.equal(mayReach(address, []), true);
  });
}

test('given allowed ranges, when addresses in and beside them are judged, then only those inside are let through', () => {
  const parsed = parseAddressRanges(['127.0.0.0/8', ' 10.1.2.3', 'fd00::/8', '::ffff:192.168.0.0/112']);
  assert.ok(parsed.ok);
  const may = (address: string) => mayReach(address, parsed.ranges);
  assert.deepEqual(['127.0.0.1', '::ffff:127.0.0.1', '10.1.2.3', 'fd12::1', '192.168.7.7'].map(may), [
    true,
    true,
    true,
    true,
    true,
  ]);
  assert.deepEqual(['10.1.2.4', '::1', 'fc00::1', '172.16.0.1'].map(may), [false, false, false, false]);
});

test('given something that is no range, when it is read, then it is named', () => {
  for (const bad of ['10.0.0.0/33', '10.0.0/8', 'localhost', '::/129', '10.0.0.0/', '']) {
    assert.deepEqual(parseAddressRanges(['127.0.0.0/8', bad]), { ok: false, bad });
  }
});

for (const url of [
  'http://127.0.0.1/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://[::1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http:\\\\127.0.0.1\\x',
  'http://127.0.0.1./',
  'http://①②⑦.0.0.1/',
  'http://user@example.org/',
  'http://user:secret@example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:1',
  'http://example.org:22/',
  'http://example.org:25/',
  'https://example.org:1023/',
]) {
  test(`given ${url}, when it is judged before lookup, then it is refused`, () => {
    assert.notEqual(faultOfUrl(new URL(url), []), null);
  });
}

test('given public URLs on ports 80, 443 and 1024 up, when they are judged, then nothing is wrong', () => {
  for (const url of [
    'http://example.org/',
    'https://example.org:80/',
    'http://example.org:443/',
    'http://example.org:1024/',
    'http://8.8.8.8:65535/',
  ]) {
    assert.equal(faultOfUrl(new URL(url), []), null);
  }
});

test('given any IPv4 address, when it comes IPv4-mapped, then the verdict is the same', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(mayReach(`::ffff:${address}`, []), mayReach(address, []));
    }),
  );
});
