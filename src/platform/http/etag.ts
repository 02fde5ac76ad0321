import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface EtagOptions {
  /** What the tag is made of, when some of a text may change without the answer being another one. */
  etagOf?: string;
  /** Further fields of an answer in JSON that has some, of which the tag is not made. */
  beside?: Readonly<Record<string, unknown>>;
}

/**
 * Sends `body` with a weak ETag, or 304 without a body when the caller has it already. Text goes out as it is (set its type
 * first), anything else as JSON, written once for both: the schema of the route describes it and does not pick from it.
 */
export function sendWithEtag(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string | object,
  { etagOf, beside }: EtagOptions = {},
): FastifyReply {
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  const etag = weakEtag(etagOf ?? text, String(reply.getHeader('content-type') ?? ''));
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  if (isText) return reply.send(text);
  const whole = beside === undefined ? text : `${text.slice(0, -1)},${JSON.stringify(beside).slice(1)}`;
  return reply.type('application/json; charset=utf-8').serializer(asItIs).send(whole);
}

const asItIs = (text: string): string => text;

/** Weak, since the same figures may be written in another order or compressed (RFC 9110 §8.8.1). */
function weakEtag(text: string, type: string): string {
  return `W/"${createHash('sha256').update(type).update('\0').update(text).digest('base64url').slice(0, 22)}"`;
}

// Weak comparison (RFC 9110 §13.1.2).
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.split(',').some((tag) => bare(tag) === bare(etag));
}
