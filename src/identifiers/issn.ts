/**
 * `NNNN-NNNX` of an ISSN with or without hyphen and `issn:`, `urn:issn:` or `ISSN ` before it.
 * Null unless its check digit is right (weights 8 to 2, modulo 11, X for 10; ISO 3297).
 */
export function parseIssn(text: string): string | null {
  const match = /^(?:urn:)?(?:issn)?\s*(?::\s*)?(\d{4})[-\u2010-\u2013]?(\d{3})([\dx])$/i.exec(text.trim());
  if (match === null) return null;
  const [, head = '', tail = '', last = ''] = match;
  let sum = 0;
  for (const [at, digit] of [...head, ...tail].entries()) sum += Number(digit) * (8 - at);
  const check = (11 - (sum % 11)) % 11;
  const given = last.toUpperCase();
  return given === (check === 10 ? 'X' : String(check)) ? `${head}-${tail}${given}` : null;
}

/** True for ids that name a serial or book, never the article or chapter in it (`usage` §5.2): ISBN and ISSN. */
export function namesContainer(canonicalId: string): boolean {
  return /^(?:isbn|issn|urn:issn):/i.test(canonicalId);
}
