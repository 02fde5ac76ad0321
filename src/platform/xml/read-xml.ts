import { setImmediate } from 'node:timers/promises';

/** About a millisecond of parsing: short enough that other requests do not notice. */
const PIECE_BYTES = 64 * 1024;

/**
 * Sends a body through a reader and lets others have the event loop in between.
 * @param options.yieldEvery bytes after which it steps aside (default 64 KiB; never read more than that in one go)
 * @returns what the reader's `end` returns
 * @throws XmlFault, and what the body itself fails with
 */
export async function readXml<Result>(
  body: AsyncIterable<Uint8Array>,
  reader: { write(chunk: Uint8Array): void; end(): Result },
  options: { yieldEvery?: number } = {},
): Promise<Result> {
  const yieldEvery = options.yieldEvery ?? PIECE_BYTES;
  let read = 0;
  for await (const chunk of body) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      const piece = chunk.subarray(from, from + PIECE_BYTES);
      reader.write(piece);
      read += piece.length;
      if (read >= yieldEvery) {
        read = 0;
        await setImmediate();
      }
    }
  }
  return reader.end();
}
