import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { problem } from './http-problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Media types whose bodies the route reads as a stream with `uploadOf(request)`; `+xml` means every type that
     * ends so, `*` every type. `application/json` in the list is parsed as usual. A body without Content-Type is taken as well.
     */
    upload?: readonly string[];
    /** Bytes after decompression; 100 MiB by default. */
    uploadLimit?: number;
  }
}

export const mebibyte = 1024 * 1024;

/** `config.upload` of routes that take XML. */
export const xmlTypes: readonly string[] = ['application/xml', 'text/xml', '+xml'];

/** `config.upload` of routes that take one JSON value a line. */
export const ndjsonTypes: readonly string[] = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
];

/** Bodies of other types than JSON are handed on unread to routes that ask for them, and are a 415 elsewhere. */
export function passUploads(app: App): void {
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('*', (request, payload: Readable, done) => {
    const { upload, uploadLimit = 100 * mebibyte } = request.routeOptions.config;
    const type = mediaType(request);
    if (upload === undefined || (type !== '' && !takesUploadOf(upload, type))) {
      const taken = upload ?? ['application/json'];
      return done(
        problem(415, `The Content-Type must be one of: ${taken.join(', ')}.`, { headers: accepting(taken) }),
      );
    }
    if (Number(request.headers['content-length'] ?? 0) > uploadLimit) return done(overLimit(uploadLimit));
    done(null, limited(payload, uploadLimit));
  });
}

/**
 * The body of an upload as it arrives, decompressed. Iterating throws a 413 once it is over the limit,
 * so nothing may be acknowledged before the last byte is read. An absent body yields nothing.
 */
export function uploadOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  const { body } = request;
  return isIterable(body) ? body : nothing();
}

/** The media type of the body in lower case, without parameters; empty when there is none. */
export function mediaType(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').replace(/;.*$/s, '').trim().toLowerCase();
}

export function takesUploadOf(upload: readonly string[], type: string): boolean {
  return upload.some((one) => one === '*' || (one.startsWith('+') ? type.endsWith(one) : type === one));
}

// RFC 9110 §15.5.16: the answer may say what would be taken.
const accepting = (types: readonly string[]) => ({
  'accept-post': types.filter((type) => !type.startsWith('+')).join(', '),
});

const overLimit = (limit: number) => problem(413, `The body is larger than ${limit} bytes.`);

async function* limited(stream: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  // The socket stays open when reading stops early: the answer still has to go out on it.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > limit) throw overLimit(limit);
    yield chunk;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function isIterable(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
