import { isUtf8 } from 'node:buffer';

/** Bytes to text, piece by piece; a piece may end inside a character. */
export interface Decoder {
  /** `fault` says what is wrong after `text`; nothing may be decoded after it. */
  decode(bytes: Uint8Array, last: boolean): { text: string; fault?: string };
}

/** Longest declaration that is waited for before its encoding is believed. */
const DECLARATION_BYTES = 1024;

/**
 * Chooses the decoder by byte order mark, then by declaration, else UTF-8 (XML 1.0, appendix F).
 * `undefined` as long as `start` is too short to tell and more may come.
 */
export function chooseDecoder(start: Uint8Array, last: boolean): Decoder | { fault: string } | undefined {
  if (start.length < 4 && !last) return undefined;
  const [a, b, c, d] = start;
  if (a === 0 && b === 0) return { fault: 'the encoding UTF-32 is not supported' };
  if (a === 0xff && b === 0xfe) {
    if (c === 0 && d === 0) return { fault: 'the encoding UTF-32 is not supported' };
    return textDecoder('utf-16le');
  }
  if (a === 0xfe && b === 0xff) return textDecoder('utf-16be');
  if (a === 0x3c && b === 0) return textDecoder('utf-16le');
  if (a === 0 && b === 0x3c) return textDecoder('utf-16be');
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8Decoder();

  const text = asBuffer(start.subarray(0, DECLARATION_BYTES)).toString('latin1');
  if (!last && '<?xml '.startsWith(text)) return undefined;
  if (!/^<\?xml\s/.test(text)) return utf8Decoder();
  const end = text.indexOf('?>');
  if (end === -1 && !last && start.length < DECLARATION_BYTES) return undefined;
  const declared = /\sencoding\s*=\s*["']([^"']*)["']/.exec(text.slice(0, end === -1 ? undefined : end))?.[1];
  return declared === undefined ? utf8Decoder() : declaredDecoder(declared);
}

function declaredDecoder(name: string): Decoder | { fault: string } {
  switch (name.toLowerCase()) {
    case 'utf-8':
    case 'utf8':
      return utf8Decoder();
    case 'us-ascii':
    case 'ascii':
      return asciiDecoder();
    case 'iso-8859-1':
    case 'latin1':
    case 'windows-1252':
    case 'cp1252':
      // As browsers do (WHATWG Encoding): what calls itself ISO-8859-1 is read as the superset that people really write.
      return textDecoder('windows-1252');
    case 'utf-16':
    case 'utf-16le':
    case 'utf-16be':
      return { fault: `the declaration says ${name}, but the bytes are not UTF-16` };
    default:
      return { fault: `the encoding ${JSON.stringify(name)} is not supported` };
  }
}

/** `isUtf8` and `toString` run on vector instructions; a streaming fatal TextDecoder is several times slower. */
function utf8Decoder(): Decoder {
  let carried: Uint8Array = new Uint8Array(0);
  return {
    decode(bytes, last) {
      const whole = carried.length === 0 ? asBuffer(bytes) : Buffer.concat([carried, bytes]);
      const complete = last ? whole.length : whole.length - incompleteTail(whole, whole.length);
      const text = whole.subarray(0, complete);
      if (!isUtf8(text)) {
        return { text: text.toString('utf8', 0, validLength(text)), fault: 'a byte sequence is not UTF-8' };
      }
      carried = Uint8Array.prototype.slice.call(whole, complete);
      return { text: text.toString('utf8') };
    },
  };
}

/** Number of bytes at the end that begin a character which is not complete yet (0 to 3). */
function incompleteTail(bytes: Uint8Array, length: number): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? back : 0;
    }
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Length of the longest valid beginning of bytes that are not valid as a whole, so that the fault is shown where it is. */
function validLength(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, middle - incompleteTail(bytes, middle)))) good = middle;
    else bad = middle;
  }
  return good - incompleteTail(bytes, good);
}

function asciiDecoder(): Decoder {
  return {
    decode(bytes) {
      const bad = bytes.findIndex((byte) => byte > 0x7f);
      if (bad === -1) return { text: asBuffer(bytes).toString('latin1') };
      return {
        text: asBuffer(bytes).toString('latin1', 0, bad),
        fault: 'a byte is not US-ASCII, which the declaration promises',
      };
    },
  };
}

function textDecoder(encoding: 'utf-16le' | 'utf-16be' | 'windows-1252'): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return {
    decode(bytes, last) {
      try {
        return { text: decoder.decode(bytes, { stream: !last }) };
      } catch {
        return {
          text: '',
          fault: `a byte sequence is not ${encoding === 'windows-1252' ? encoding : 'UTF-16'}`,
        };
      }
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
