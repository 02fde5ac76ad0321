import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { uploadOf } from '../http/index.ts';

/** The request as the pages read it. A `HEAD` is answered like a `GET`, whose body is left out afterwards. */
export function requestOf(request: FastifyRequest, origin: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  }
  // What a page was sent to, whatever a proxy in front calls this server; the sender was judged before.
  if (headers.has('origin')) headers.set('origin', origin);
  const url = new URL(request.raw.url ?? '/', origin);
  if (request.method !== 'POST') return new Request(url, { headers, signal });
  const body = Readable.toWeb(Readable.from(uploadOf(request))) as ReadableStream<Uint8Array>;
  return new Request(url, { method: 'POST', headers, signal, body, duplex: 'half' } as RequestInit);
}
