import ipaddr from 'ipaddr.js';

/** An address range outgoing requests may reach although it is private. IPv4-mapped ranges are kept as IPv4. */
export type AddressRange = { network: ipaddr.IPv4 | ipaddr.IPv6; bits: number };

/**
 * Ranges no outgoing request may reach (events.md §9.2 "Addresses").
 * IPv6 outside 2000::/3 is refused as a whole (only that block is global unicast, RFC 4291 §2.4), which covers
 * ::, ::1, fc00::/7, fe80::/10, ff00::/8 and 64:ff9b::/96; named below are the blocks inside it that are not global.
 */
const refused = parseKnown([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2002::/16', // 6to4 carries an IPv4 address inside
  '2001::/32', // so does Teredo
  '2001:db8::/32', // documentation
]);
const globalUnicast6 = parseKnown(['2000::/3']);

function parseKnown(texts: string[]): AddressRange[] {
  const parsed = parseAddressRanges(texts);
  if (!parsed.ok) throw new TypeError(`not an address range: ${parsed.bad}`);
  return parsed.ranges;
}

/** Reads CIDRs such as `10.0.0.0/8` or `fd00::/8`; a bare address stands for itself. `bad` is the first that is neither. */
export function parseAddressRanges(
  texts: readonly string[],
): { ok: true; ranges: AddressRange[] } | { ok: false; bad: string } {
  const ranges: AddressRange[] = [];
  for (const text of texts) {
    const range = parseRange(text.trim());
    if (range === null) return { ok: false, bad: text };
    ranges.push(range);
  }
  return { ok: true, ranges };
}

function parseRange(text: string): AddressRange | null {
  const [address = '', prefix] = text.split('/', 2);
  if (!isPlainAddress(address)) return null;
  const network = ipaddr.parse(address);
  const width = network.kind() === 'ipv4' ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null;
  const bits = prefix === undefined ? width : Number(prefix);
  if (bits > width) return null;
  if (network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96) {
    return { network: network.toIPv4Address(), bits: bits - 96 };
  }
  return { network, bits };
}

function isPlainAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** True when a connection to this address may be made: global unicast, or inside one of the allowed ranges. */
export function mayReach(address: string, allowed: readonly AddressRange[]): boolean {
  const plain = address.split('%', 1)[0] ?? '';
  if (!isPlainAddress(plain)) return false;
  const judged = ipaddr.process(plain); // an IPv4-mapped IPv6 address becomes the IPv4 address it stands for
  if (isInside(judged, allowed)) return true;
  if (isInside(judged, refused)) return false;
  return judged.kind() === 'ipv4' || isInside(judged, globalUnicast6);
}

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly AddressRange[]): boolean {
  return ranges.some(({ network, bits }) => {
    if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
    return network instanceof ipaddr.IPv6 && address.match(network, bits);
  });
}

/** The address a URL names literally (`127.0.0.1`, `::1`), or null when its host is a name to be looked up. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isPlainAddress(bare) ? bare : null;
}

/**
 * What is wrong with a URL before any lookup: scheme, user info, port, or a literal address (odd spellings such as
 * `0x7f.1` have become plain ones by WHATWG parsing). Null when nothing is. Rules: events.md §9.2.
 */
export function faultOfUrl(url: URL, allowed: readonly AddressRange[]): string | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'only http and https URLs can be fetched';
  if (url.username !== '' || url.password !== '') return 'a URL with user info is not fetched';
  const port = url.port === '' ? null : Number(url.port);
  if (port !== null && port !== 80 && port !== 443 && port < 1024) return `port ${port} is not allowed`;
  const literal = literalAddress(url.hostname);
  if (literal !== null && !mayReach(literal, allowed)) return 'the address is not allowed';
  return null;
}
