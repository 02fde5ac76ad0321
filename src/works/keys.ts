import { hash } from 'node:crypto';

/**
 * The 128-bit key under which a text of any length is looked up: the first half of its SHA-256, as a UUID.
 * Index entries are bounded in PostgreSQL (2.7 kB); identifiers may have 2,048 characters of four bytes.
 */
export function keyOf(...parts: string[]): string {
  return uuidOf(hash('sha256', parts.length === 1 ? (parts[0] ?? '') : parts.join('\u0000'), 'hex'));
}

/** The first 32 hex digits in the form of a UUID. */
export function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
