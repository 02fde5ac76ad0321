import { isIPv6 } from 'node:net';

/** Who asked, as far as the delivery says: an address, or what its sender made of one. */
export type Requester = { kind: 'address' | 'hash'; text: string };

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i;
/** IPv4, also impossible ones (`11.222.333.130`) and those shortened to a C-class subnet (`118.94.150.x`, `118.94.150`). */
const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.(?:\d{1,3}|x{1,3}|\*))?$/i;

/**
 * Reads `requester/identifier` or `hashed-ip` in all its forms (specification `usage` §2.1): plain, `data:,…`, `urn:ip:…`.
 * What is neither an address nor a hash is a pseudonym and used like a hash. Null for nothing.
 */
export function readRequester(text: string): Requester | null {
  const bare = text
    .trim()
    .replace(/^data:,/i, '')
    .replace(/^urn:ip:/i, '')
    .trim();
  if (bare === '') return null;
  if (HASH.test(bare)) return { kind: 'hash', text: bare.toLowerCase() };
  if (IPV4.test(bare)) return { kind: 'address', text: bare };
  const six = decoded(bare).replace(/^\[(.*)\]$/, '$1');
  return isIPv6(six) ? { kind: 'address', text: six } : { kind: 'hash', text: bare };
}

/** `data:` URLs are percent-encoded, which shows in the colons of IPv6. */
function decoded(text: string): string {
  return text.replace(/%(3a|5b|5d)/gi, (code) => decodeURIComponent(code));
}
