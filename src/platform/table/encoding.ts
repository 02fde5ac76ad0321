export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Looks at a file as its bytes pass by, and says at the end how it is written. */
export type EncodingProbe = { see(chunk: Uint8Array): void; verdict(): Encoding | 'binary' };

const sampleBytes = 64 * 1024;

/**
 * Byte order mark; else UTF-16 when 30 % of the even or odd bytes are NUL; else UTF-8 when all of it is valid; else windows-1252,
 * in which every byte means something, so no result ever holds U+FFFD (compliance.md §3.2). NUL bytes outside UTF-16: binary.
 */
export function createEncodingProbe(): EncodingProbe {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const nuls = [0, 0];
  let valid = true;
  let sampled = 0;
  let anyNul = false;
  let head: number[] = [];
  const tryUtf8 = (chunk: Uint8Array | null) => {
    if (!valid) return;
    try {
      if (chunk === null) utf8.decode();
      else utf8.decode(chunk, { stream: true });
    } catch {
      valid = false;
    }
  };
  return {
    see(chunk) {
      if (head.length < 3) head = [...head, ...chunk.subarray(0, 3 - head.length)];
      for (let i = 0; i < chunk.length && sampled < sampleBytes; i += 1, sampled += 1) {
        if (chunk[i] === 0) nuls[sampled % 2] = (nuls[sampled % 2] ?? 0) + 1;
      }
      anyNul ||= chunk.includes(0);
      tryUtf8(chunk);
    },
    verdict() {
      tryUtf8(null);
      const [a, b, c] = head;
      if (a === 0xef && b === 0xbb && c === 0xbf && valid) return anyNul ? 'binary' : 'utf-8';
      if (a === 0xff && b === 0xfe) return 'utf-16le';
      if (a === 0xfe && b === 0xff) return 'utf-16be';
      const half = sampled / 2;
      if ((nuls[1] ?? 0) >= half * 0.3 && sampled > 1) return 'utf-16le';
      if ((nuls[0] ?? 0) >= half * 0.3 && sampled > 1) return 'utf-16be';
      if (anyNul) return 'binary';
      return valid ? 'utf-8' : 'windows-1252';
    },
  };
}

/** Decodes chunk by chunk; a byte order mark is not part of the text. */
export async function* decodeText(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
