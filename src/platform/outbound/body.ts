import { classify, OutboundError } from './failure.ts';
import type { TimeLimit } from './time-limit.ts';

export type BodyLimits = { maxBytes: number; atLimit: 'fail' | 'cut' };

/** A body that is read once, or left unread by `leave`. `wasCut` tells afterwards whether it went past the limit. */
export type BoundedBody = { chunks: AsyncGenerator<Uint8Array>; wasCut(): boolean; leave(): void };

/**
 * Bounds a decoded body by bytes and by time, and tells `ended` once how it went (null: whole, cut, or left by the reader).
 * The clock stands still while the reader works on a chunk: a slow consumer is not a slow host. Throws only `OutboundError`.
 */
export function boundBody(
  decoded: AsyncIterable<Uint8Array>,
  limits: BodyLimits,
  time: TimeLimit,
  ended: (error: OutboundError | null) => void,
): BoundedBody {
  let cut = false;
  let open = true;
  const end = (error: OutboundError | null) => {
    if (open) ended(error);
    open = false;
  };
  // A body nobody ever starts to read ends with its time.
  time.signal.addEventListener('abort', () => end(classify(time.signal.reason)), { once: true });
  async function* read(): AsyncGenerator<Uint8Array> {
    let seen = 0;
    let failure: OutboundError | null = null;
    try {
      for await (const chunk of decoded) {
        const room = limits.maxBytes - seen;
        seen += chunk.length;
        if (seen > limits.maxBytes && limits.atLimit === 'fail') {
          throw new OutboundError('too_large', `the answer is larger than ${limits.maxBytes} bytes`);
        }
        time.pause();
        yield chunk.length > room ? chunk.subarray(0, room) : chunk;
        time.resume();
        if (seen > limits.maxBytes) {
          cut = true;
          return;
        }
      }
    } catch (error) {
      failure = time.signal.aborted ? classify(time.signal.reason) : classify(error);
      throw failure;
    } finally {
      end(failure);
    }
  }
  return { chunks: read(), wasCut: () => cut, leave: () => end(null) };
}

/** The whole body in one piece; memory is bounded by the limit the body already has. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Text by the charset of the content type, UTF-8 when it names none or one that nobody knows. A byte order mark wins (WHATWG Encoding §6). */
export function asText(bytes: Uint8Array, contentType: string | undefined): string {
  const label = contentType?.match(/;\s*charset\s*=\s*"?([^\s;"]+)/i)?.[1] ?? 'utf-8';
  const marked =
    bytes[0] === 0xef && bytes[1] === 0xbb
      ? 'utf-8'
      : bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : null;
  try {
    return new TextDecoder(marked ?? label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
