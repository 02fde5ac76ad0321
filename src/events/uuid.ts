import { hash } from 'node:crypto';

/** Namespace of the ids that deposits get when they have none of their own: fixed for ever. */
const NAMESPACE = Buffer.from('5f0d3c6e9b6e4f0f8a5b7d1c2e3f4a5b', 'hex').toString('latin1');

/** A name-based UUID (RFC 9562 §5.5). */
export function uuidV5(...parts: string[]): string {
  const name = Buffer.from(parts.join('\u0000'), 'utf8').toString('latin1');
  const hex = hash('sha1', Buffer.from(NAMESPACE + name, 'latin1'), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Whether a text is a UUID of RFC 4122, of any version. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
