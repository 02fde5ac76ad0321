import { createHash } from 'node:crypto';

/** Where a page ended: numbers and texts by which the next one begins. */
export type CursorPosition = (string | number)[];

/** An opaque, URL-safe cursor that holds all that is needed to go on: the position, and which question it belongs to. */
export function encodeCursor(question: unknown, position: CursorPosition): string {
  return Buffer.from(JSON.stringify([hashOf(question), ...position])).toString('base64url');
}

/** The position of a cursor; null when it cannot be read or belongs to another question. */
export function decodeCursor(question: unknown, cursor: string): CursorPosition | null {
  if (!/^[\w-]+$/.test(cursor)) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(read) || read[0] !== hashOf(question)) return null;
    const position = read.slice(1);
    return position.every((part) => typeof part === 'string' || typeof part === 'number') ? position : null;
  } catch {
    return null;
  }
}

function hashOf(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 8);
}
