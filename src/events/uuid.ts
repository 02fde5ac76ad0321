import { hash } from 'node:crypto';

/** Namespace of the ids that deposits get when they have none of their own: fixed for ever. */
const NAMESPACE = Buffer.from('5f0d3c6e9b6e4f0f8a5b7d1c2e3f4a5b', 'hex');
/** Namespace and name; enough for two identifiers of the greatest length. */
const scratch = Buffer.alloc(32 * 1024);
NAMESPACE.copy(scratch);

/** A name-based UUID (RFC 9562 §5.5). */
export function uuidV5(...parts: string[]): string {
  const hex = hash('sha1', named(parts.join('\u0000')), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function named(name: string): Buffer {
  if (NAMESPACE.length + 3 * name.length > scratch.length)
    return Buffer.concat([NAMESPACE, Buffer.from(name)]);
  return scratch.subarray(0, NAMESPACE.length + scratch.write(name, NAMESPACE.length, 'utf8'));
}

/** Whether a text is a UUID of RFC 4122, of any version. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
