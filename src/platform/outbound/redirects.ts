/** What a request carries from hop to hop. */
export type Hop = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  /** Sent instead of the URL's path and query. */
  target?: string | null;
};

export type NextHop = { kind: 'none' } | { kind: 'follow'; hop: Hop } | { kind: 'unreadable' };

const redirecting = new Set([301, 302, 303, 307, 308]);
/** The only headers another host may see: all others can carry a key (`authorization`, `cookie`, `x-api-key`, …). */
const harmless = new Set([
  'accept',
  'accept-language',
  'accept-encoding',
  'user-agent',
  'content-type',
  'range',
]);

/**
 * Where an answer sends us. Method as browsers do it (Fetch §4.4: 303 becomes GET, so does a POST met by 301 or 302);
 * a fragment is inherited (RFC 9110 §10.2.2). Without `Location` the answer is final.
 */
export function nextHop(current: Hop, status: number, location: string | string[] | undefined): NextHop {
  if (!redirecting.has(status) || location === undefined) return { kind: 'none' };
  const targets = new Set(Array.isArray(location) ? location : [location]);
  const [target] = targets;
  // Two different Locations: whoever checks one and follows the other is fooled.
  if (targets.size > 1 || target === undefined) return { kind: 'unreadable' };
  const url = URL.parse(asUtf8(target), current.url.href);
  if (url === null) return { kind: 'unreadable' };
  if (url.hash === '') url.hash = current.url.hash;
  const toGet = status === 303 ? current.method !== 'HEAD' : status < 303 && current.method === 'POST';
  const body = toGet ? null : current.body;
  const kept = Object.entries(current.headers).filter(
    ([name]) =>
      (harmless.has(name) || sameHost(current.url, url)) && (body !== null || name !== 'content-type'),
  );
  return {
    kind: 'follow',
    hop: { url, method: toGet ? 'GET' : current.method, headers: Object.fromEntries(kept), body },
  };
}

/** The same host on the same port; going from http to https on the default ports is still the same host, back is not. */
function sameHost(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return from.hostname === to.hostname && from.port === '' && to.port === '' && to.protocol === 'https:';
}

/** Header bytes arrive as Latin-1; a Location with raw UTF-8 in it means the UTF-8 (seen with DOI landing pages). */
function asUtf8(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  // A value undici already decoded would not survive the way through Latin-1.
  return bytes.toString('latin1') === value && !bytes.toString('utf8').includes('\uFFFD')
    ? bytes.toString('utf8')
    : value;
}
