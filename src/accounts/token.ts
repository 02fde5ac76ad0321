import { createHash, randomBytes } from 'node:crypto';

/** A new secret: 256 random bits behind a prefix by which scanners for leaked secrets can know it. */
export function newToken(): string {
  return `almanac_${randomBytes(32).toString('base64url')}`;
}

/** What is stored. The token has far too many bits to be guessed, so a fast hash without salt is enough. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
