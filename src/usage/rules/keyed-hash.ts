import { createHmac, hash } from 'node:crypto';

const block = 64;
/** Materials longer than this many bytes take the slow path; the usual one has 200. */
const scratch = 8_192;

/**
 * HMAC-SHA-256 (RFC 2104) of short texts under one key of at most 64 bytes, cut to the first 64 bits as a signed
 * number, the form of a PostgreSQL bigint.
 *
 * The construction is written out because `createHmac` costs 14.6 µs a call and this 1.0 µs (measured on 220-byte
 * texts, Node 24): the one-shot `hash` sets up no cipher context, and a binary string no buffer.
 * Not re-entrant, as it writes into its own scratch memory; nothing in it waits.
 */
export function keyedHash(key: Uint8Array): (material: string) => bigint {
  const inner = Buffer.alloc(block + scratch);
  const outer = Buffer.alloc(block + 32);
  for (let at = 0; at < block; at++) {
    const byte = key[at] ?? 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (material) => {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (material.length * 3 > scratch)
      return createHmac('sha256', key).update(material).digest().readBigInt64BE();
    const length = inner.write(material, block, 'utf8');
    outer.write(hash('sha256', inner.subarray(0, block + length), 'binary'), block, 'binary');
    const digest = hash('sha256', outer, 'binary');
    outer.write(digest, block, 'binary');
    return outer.readBigInt64BE(block);
  };
}

/**
 * The whole HMAC-SHA-256 (32 bytes) of data under the salt of a day: for what must stay apart over all deliveries, as
 * the digest of a log line or of a body with few addresses.
 */
export function keyedDigest(salt: Uint8Array, data: Uint8Array | string): Uint8Array {
  return createHmac('sha256', salt).update(data).digest();
}
