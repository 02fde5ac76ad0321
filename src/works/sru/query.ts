/** CQL that asks for one identifier; the default of `SRU_QUERY`. */
export const DEFAULT_SRU_QUERY = 'dc.identifier exact "{id}"';

/**
 * Address of the SRU 1.1 `searchRetrieve` request for `id`. Each `{id}` of the template becomes the identifier as a CQL string: quotes,
 * backslashes and masking characters are escaped, quotes put around it where the template has none, so that no identifier can change
 * the query. What `base` has in its own query string stays.
 * @param base a valid http(s) URL
 */
export function buildSruUrl(base: string, queryTemplate: string, id: string): string {
  const url = new URL(base);
  const own = {
    version: '1.1',
    operation: 'searchRetrieve',
    maximumRecords: '1',
    query: cqlOf(queryTemplate, id),
  };
  for (const name of Object.keys(own)) if (url.searchParams.has(name)) url.searchParams.delete(name);
  url.hash = '';
  // URLSearchParams would write blanks as `+`, which not every SRU server reads as a blank.
  const added = Object.entries(own).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  );
  url.search = [...(url.search ? [url.search.slice(1)] : []), ...added].join('&');
  return url.href;
}

function cqlOf(template: string, id: string): string {
  // CQL 1.1: a backslash escapes the quote, itself and the masking characters.
  const escaped = id.replace(/["\\*?^]/g, (character) => `\\${character}`);
  return template.replace(/\{id\}/g, (_placeholder, at: number) =>
    isInString(template.slice(0, at)) ? escaped : `"${escaped}"`,
  );
}

/** Whether a CQL string is open at the end of the text. */
function isInString(text: string): boolean {
  return (text.replace(/\\./gs, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
