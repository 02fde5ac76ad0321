import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, createZstdCompress, zstdDecompress } from 'node:zlib';
import type { SealedPayload } from './evidence.ts';

const decompress = promisify(zstdDecompress);

/** Level 1: 500 usage events (110 kB of lines) take 0.5 ms and shrink to a fifth; level 3 saves 6 % more for twice the time. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface PayloadWriter {
  write(chunk: Uint8Array | string): Promise<void>;
  seal(): Promise<SealedPayload>;
}

/** Hashes and compresses a payload as it is written; memory grows with the compressed size only. */
export function createPayloadWriter(): PayloadWriter {
  const hash = createHash('sha256');
  const zstd = createZstdCompress(ZSTD);
  const parts: Buffer[] = [];
  let bytes = 0;
  zstd.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    zstd.once('end', resolve);
    zstd.once('error', reject);
  });
  // Who stops writing half way never awaits `ended`.
  ended.catch(() => undefined);
  return {
    async write(chunk) {
      const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += buffer.length;
      hash.update(buffer);
      if (!zstd.write(buffer)) await new Promise<void>((resolve) => zstd.once('drain', () => resolve()));
    },
    async seal() {
      zstd.end();
      await ended;
      return { compressed: Buffer.concat(parts), bytes, sha256: hash.digest('hex') };
    },
  };
}

/** Seals a payload that is at hand as a whole. */
export async function sealPayload(payload: Uint8Array | string): Promise<SealedPayload> {
  const writer = createPayloadWriter();
  await writer.write(payload);
  return writer.seal();
}

/** The payload as it was written. */
export function openPayload(compressed: Buffer): Promise<Buffer> {
  return decompress(compressed) as Promise<Buffer>;
}
