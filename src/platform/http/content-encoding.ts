import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import type { RequestPayload } from 'fastify';
import type { App } from './app.ts';
import { problem } from './http-problem.ts';

const decoders: Record<string, () => Transform> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
};

/**
 * Compressed bodies are decompressed while they are read; the limits count what comes out,
 * so a bomb stops at the limit like any body that is too large.
 */
export function decompressBodies(app: App): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (encoding === 'identity' || encoding === '') return payload;
    const decoder = decoders[encoding];
    if (!decoder) {
      throw problem(
        415,
        `The Content-Encoding "${encoding.slice(0, 40)}" is not known; known: gzip, deflate.`,
        {
          headers: { 'accept-encoding': 'gzip, deflate' },
        },
      );
    }
    return decompressed(payload, decoder());
  });
}

function decompressed(payload: RequestPayload, decoder: Transform): RequestPayload {
  const output: Readable & { receivedEncodedLength: number } = Object.assign(decoder, {
    receivedEncodedLength: 0,
  });
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // What Content-Length is compared with.
      output.receivedEncodedLength += chunk.length;
      done(null, chunk);
    },
  });
  // Errors arrive at whoever reads the output; there is nobody else to tell.
  pipeline(payload, counter, decoder, () => {});
  return output;
}
