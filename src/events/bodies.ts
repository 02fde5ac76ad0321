import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

// Bodies of events that were written together are kept together, compressed: alone each is too short to shrink, and there are
// too many for a dictionary.

/** Bodies of one row: a page of events that have nothing in common opens a hundred rows in 3 ms. */
const MOST_BODIES = 32;
const MOST_CHARACTERS = 16_384;
/** Fewer stay in the rows of their events. */
export const FEWEST_BODIES = 8;

/** Bodies are JSON in one line. */
const BETWEEN = '\n';

const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 4096 };

export function packBodies(bodies: readonly string[]): Buffer {
  return zstdCompressSync(bodies.join(BETWEEN), OPTIONS);
}

export function openBodies(packed: Uint8Array): string[] {
  return zstdDecompressSync(packed).toString('utf8').split(BETWEEN);
}

/** In runs that are packed together. */
export function* runsOf<T extends { body: string }>(events: readonly T[]): Generator<T[]> {
  let run: T[] = [];
  let characters = 0;
  for (const event of events) {
    if (run.length === MOST_BODIES || (run.length > 0 && characters + event.body.length > MOST_CHARACTERS)) {
      yield run;
      run = [];
      characters = 0;
    }
    run.push(event);
    characters += event.body.length;
  }
  if (run.length > 0) yield run;
}
