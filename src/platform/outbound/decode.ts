import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { OutboundError } from './failure.ts';

/** What we ask for and can read. */
export const acceptEncoding = 'gzip, deflate, br, zstd';

/**
 * Undoes `Content-Encoding` chunk by chunk; the caller bounds what comes out, so a bomb stops as soon as it has
 * unpacked to the limit. Throws `OutboundError` `protocol` for unknown or more than two codings, and what zlib throws for garbage.
 */
export async function* decode(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string,
): AsyncGenerator<Uint8Array> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 2) throw new OutboundError('protocol', 'the answer is packed more than twice');
  let decoded = body;
  for (const coding of codings.reverse()) decoded = unpack(decoded, coding);
  yield* decoded;
}

async function* unpack(body: AsyncIterable<Uint8Array>, coding: string): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await firstNonEmpty(chunks);
  if (first === null) return; // an empty body is often sent with a coding all the same
  const source = pipeline(startingWith(first, chunks), decoder(coding, first), () => {});
  yield* source as Readable;
}

async function firstNonEmpty(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  for (;;) {
    const next = await chunks.next();
    if (next.done) return null;
    if (next.value.length > 0) return next.value;
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function decoder(coding: string, first: Uint8Array): Transform {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      // Meant to be zlib (RFC 9110 §8.4.1.2), sent raw by some servers: a zlib header has 8 in its low four bits.
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      throw new OutboundError('protocol', 'the answer has an unknown content coding');
  }
}
