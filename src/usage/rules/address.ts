import ipaddr from 'ipaddr.js';

/** A network address as a number: 32 bits for IPv4, 128 for IPv6. */
export type AddressNumber = { family: 4; value: number } | { family: 6; value: bigint };

/**
 * Reads an IPv4 or IPv6 address. IPv4 inside IPv6 (`::ffff:1.2.3.4`) is IPv4. Null for anything else, such as
 * `11.222.333.130`.
 */
export function readAddress(text: string): AddressNumber | null {
  if (text.includes(':')) return readIpv6(text);
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return null;
  let value = 0;
  for (const octet of match.slice(1)) {
    if (Number(octet) > 255) return null;
    value = value * 256 + Number(octet);
  }
  return { family: 4, value };
}

/** The same for an address or a C-class subnet: `118.94.150.0`, `118.94.150`, `118.94.150.x`, `118.94.150.0/24`. */
export function readAddressOrSubnet(text: string): AddressNumber | null {
  const subnet = /^(\d+\.\d+\.\d+)(?:\.[x*]|\.\d+\/24)?$/i.exec(text.trim());
  return readAddress(subnet ? `${subnet[1]}.0` : text.trim());
}

/**
 * One spelling for each address, so that `2001:DB8::1` and `2001:db8:0:0:0:0:0:1` are one requester. What is no IPv6
 * address stays as it is: an IPv4 address has one spelling, a hash made by the sender is used as it is.
 */
export function canonicalAddress(text: string): string {
  // Hashes have no colon, IPv4 addresses neither: the usual case costs nothing.
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return text;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toString();
}

/**
 * Networks that are nobody's in particular, so no country's: private use, loopback, link-local and the like.
 * Documentation addresses (192.0.2.0/24) are not among them: a table that lists them means it.
 */
const nowhere = new Set([
  'private',
  'loopback',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
  'unspecified',
  'broadcast',
  'multicast',
]);

export function isNowhere(address: AddressNumber): boolean {
  return nowhere.has(parsed(address).range());
}

/** The usual text of an address. */
export function printAddress(address: AddressNumber): string {
  return parsed(address).toString();
}

function parsed(address: AddressNumber): ipaddr.IPv4 | ipaddr.IPv6 {
  const bytes: number[] = [];
  let rest = BigInt(address.value);
  for (let count = address.family === 4 ? 4 : 16; count > 0; count--) {
    bytes.unshift(Number(rest & 255n));
    rest >>= 8n;
  }
  return address.family === 4 ? new ipaddr.IPv4(bytes) : new ipaddr.IPv6(bytes);
}

function readIpv6(text: string): AddressNumber | null {
  if (!ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  if (address.isIPv4MappedAddress()) return readAddress(address.toIPv4Address().toString());
  const value = address.parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
  return { family: 6, value };
}
