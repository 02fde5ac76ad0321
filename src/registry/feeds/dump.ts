import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { type App, isoSeconds } from '../../platform/http/index.ts';
import { idsInOrder, jsonOf, type ReadModel } from '../search/index.ts';

/** Bytes of one piece: enough that lines cost nothing each, little enough for many slow readers. */
const pieceBytes = 1 << 18;

const lineEnd = Uint8Array.of(10);

/**
 * The records there are at the beginning, each as it is when its turn comes: from memory, where they lie as the bytes that
 * are sent.
 */
async function* dumpPieces(model: ReadModel): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for (const id of idsInOrder(model)) {
    const json = jsonOf(model, id);
    if (json === null) continue;
    parts.push(json, lineEnd);
    bytes += json.length + 1;
    if (bytes < pieceBytes) continue;
    yield Buffer.concat(parts, bytes);
    parts = [];
    bytes = 0;
    // A reader as fast as this must not keep others from their answers.
    await setImmediate();
  }
  if (bytes > 0) yield Buffer.concat(parts, bytes);
}

export interface DumpParts {
  model: ReadModel;
  now(): number;
  /** Resolves when the model has everything that was committed before the call. */
  catchUp(): Promise<void>;
}

/** `GET /dump`: every record, as fast as the reader reads. A failure breaks the connection off. */
export function addDumpRoutes(app: App, { model, now, catchUp }: DumpParts): void {
  app.get(
    '/dump',
    {
      schema: {
        tags: ['Registry'],
        summary: 'All records, one a line, by id; gzip when it is accepted',
        produces: ['application/x-ndjson'],
      },
    },
    async (request, reply) => {
      // Whoever goes on with the changes since now must not miss what another server wrote a moment ago.
      await catchUp();
      const day = isoSeconds(now()).slice(0, 10);
      reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="almanac_register_${day}.ndjson"`)
        .header('vary', 'Accept-Encoding');
      const lines = Readable.from(dumpPieces(model), { highWaterMark: 1 });
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(lines);
      reply.header('content-encoding', 'gzip');
      // The error reaches the answer, which is broken off; there is nobody else to tell.
      return reply.send(pipeline(lines, createGzip({ level: 1 }), () => {}));
    },
  );
}
