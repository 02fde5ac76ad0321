import { baseOf, resolved } from './addresses.ts';
import { textOfBytes } from './charset.ts';
import { attribute, elementsIn, parseDocument, tokensOf } from './document.ts';
import { parseLinkHeader } from './link-header.ts';

export interface TargetAnswer {
  /** Where it came from, after redirects. */
  url: string;
  /** All `Link` headers, joined by commas. */
  link: string;
  contentType: string;
  bytes: Uint8Array;
}

/**
 * The webmention endpoint a target names (Webmention §3.1.2): the first in its `Link` headers, else the first `<link>`
 * or `<a>` with an `href` in its HTML. An empty `href` is the page itself. Null when it names none that can be asked.
 */
export function findEndpoint({ url, link, contentType, bytes }: TargetAnswer): string | null {
  const named = parseLinkHeader(link).find(({ rel }) => rel.includes('webmention'));
  if (named !== undefined) return askable(resolved(named.reference, url));
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  if (type !== '' && type !== 'text/html' && type !== 'application/xhtml+xml') return null;
  const document = parseDocument(textOfBytes(bytes, contentType));
  if (document === null) return null;
  const base = baseOf(document, url);
  for (const element of elementsIn(document)) {
    if (element.tagName !== 'link' && element.tagName !== 'a') continue;
    const href = attribute(element, 'href');
    if (href === undefined || !isWebmention(tokensOf(element, 'rel'))) continue;
    return askable(href.trim() === '' ? url : resolved(href, base));
  }
  return null;
}

const isWebmention = (rel: string[]): boolean => rel.some((token) => token.toLowerCase() === 'webmention');

/** Endpoints are asked over HTTP; their fragment is not sent. */
function askable(address: string | null): string | null {
  if (address === null || !/^https?:/.test(address)) return null;
  return address.replace(/#.*$/s, '');
}
