/**
 * The canonical URL: WHATWG-parsed, so scheme and host are lower case and a default port is gone; the fragment is
 * dropped unless it starts with `!` (pages that were addressed by it); the query stays. Null when it does not parse.
 * `http` and `https`, with and without trailing slash stay different (specification `events` §1).
 */
export function canonicalUrl(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const href = url.href;
  const fragment = href.indexOf('#');
  return fragment < 0 || href[fragment + 1] === '!' ? href : href.slice(0, fragment);
}
