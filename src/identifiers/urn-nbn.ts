import { lowerAscii } from './text.ts';

/**
 * What follows `urn:nbn:`, its namespace in lower case; null when it has another form.
 * The namespace is country and sub-namespaces and ends at the first hyphen (RFC 8458 §3.2); what follows is verbatim.
 */
export function nbnOfValue(value: string): string | null {
  if (!/^[a-z]\S*$/i.test(value)) return null;
  const hyphen = value.indexOf('-');
  const end = hyphen < 0 ? value.lastIndexOf(':') + 1 : hyphen;
  return lowerAscii(value.slice(0, end)) + value.slice(end);
}
