/**
 * What is wrong with a webhook's address as text; null: nothing. `judge` says whether the URL may be asked at all (scheme, user
 * info, port, literal address). Names are looked up, and judged, only when the connection is made.
 */
export function webhookFault(text: string, judge: (url: URL) => string | null): string | null {
  if (text.length > 8_192) return 'is longer than 8,192 characters';
  // What URL parsers take out or turn round in silence could not be asked exactly as given.
  if (/[\s\\\p{Cc}]/u.test(text) || !text.isWellFormed())
    return 'holds a blank, a backslash or a control character';
  const url = /^https?:\/\/[^/?#]/i.test(text) ? URL.parse(text) : null;
  if (url === null) return 'must be an absolute http or https URL';
  const fault = judge(url);
  return fault === null ? null : `cannot be called: ${fault}`;
}

/** Path and query exactly as they stand in the URL: nothing decoded, resolved or sorted; only what HTTP cannot carry is encoded. */
export function requestTarget(text: string): string {
  const rest = text.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return target.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
}
