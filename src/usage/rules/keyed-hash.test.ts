import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyedDigest, keyedHash } from './keyed-hash.ts';

const reference = (key: Uint8Array, material: string) =>
  createHmac('sha256', key).update(material).digest().readBigInt64BE(0);

test('given test case 2 of RFC 4231, then the hash is its first 64 bits and the digest all of it', () => {
  const key = Buffer.from('Jefe');
  const data = 'what do ya want for nothing?';
  const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  assert.equal(keyedHash(key)(data), BigInt.asIntN(64, BigInt(`0x${expected.slice(0, 16)}`)));
  assert.equal(Buffer.from(keyedDigest(key, data)).toString('hex'), expected);
});

test('property: the hash is HMAC-SHA-256 of any text under any key, one call after the other', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(key, fc.array(text, { minLength: 1, maxLength: 4 }), (salt, texts) => {
      const keyed = keyedHash(salt);
      for (const material of texts) assert.equal(keyed(material), reference(salt, material));
    }),
  );
});

test('given a text longer than the scratch memory, then the hash is still HMAC-SHA-256', () => {
  const salt = Buffer.alloc(32, 7);
  const keyed = keyedHash(salt);
  for (const material of ['é'.repeat(2_730), 'é'.repeat(2_731), 'x'.repeat(100_000)]) {
    assert.equal(keyed(material), reference(salt, material));
  }
});
