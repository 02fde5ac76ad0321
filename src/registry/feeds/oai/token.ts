import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a list goes on. */
export interface Continuation {
  verb: string;
  prefix: string;
  set: string | null;
  from: number | null;
  until: number | null;
  /** The last record given. */
  at: string;
  id: string;
  /** Records given so far. */
  cursor: number;
  /** Records of the whole list when it began. */
  total: number;
  /** Epoch ms. */
  issued: number;
}

/** How long a token is good. */
export const tokenLifeMs = 24 * 3_600_000;

const signatureOf = (text: string, secret: Buffer) =>
  createHmac('sha256', secret).update(text).digest().subarray(0, 16).toString('base64url');

export function writeToken(continuation: Continuation, secret: Buffer): string {
  const text = Buffer.from(JSON.stringify(continuation)).toString('base64url');
  return `${text}.${signatureOf(text, secret)}`;
}

/** Null when the token was not made here, was changed, or is too old. */
export function readToken(token: string, secret: Buffer, now: number): Continuation | null {
  const [text = '', signature = '', ...more] = token.split('.');
  // As text: base64 decodes several last characters to the same bytes, and passes over others.
  const [given, wanted] = [Buffer.from(signature), Buffer.from(signatureOf(text, secret))];
  if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const continuation = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Continuation;
  return now - continuation.issued > tokenLifeMs ? null : continuation;
}
