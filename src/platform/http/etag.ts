import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface EtagOptions {
  /** What the tag is made of, when some of the answer may change without the answer being another one. */
  etagOf?: unknown;
}

/**
 * Sends `body` with a weak ETag, or 304 without a body when the caller has it already.
 * Text goes out as it is (set its type first), anything else as JSON.
 */
export function sendWithEtag<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  body: T,
  { etagOf = body }: EtagOptions = {},
): FastifyReply {
  const etag = weakEtag(etagOf, String(reply.getHeader('content-type') ?? ''));
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.send(body);
}

/** Weak, since the same figures may be written in another order or compressed (RFC 9110 §8.8.1). */
function weakEtag(value: unknown, type: string): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `W/"${createHash('sha256').update(type).update('\0').update(text).digest('base64url').slice(0, 22)}"`;
}

// Weak comparison (RFC 9110 §13.1.2).
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.split(',').some((tag) => bare(tag) === bare(etag));
}
