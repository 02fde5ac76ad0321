import { lowerAscii, percentDecoded, withoutQuery } from './text.ts';

const FORM = /^[^\s/\p{Cc}]+\/[^\s\p{Cc}]+$/u;
const PROXY = /^(?:http:\/\/hdl\.handle\.net(?::80)?|https:\/\/hdl\.handle\.net(?::443)?)(?:\/|(?=[?#]|$))/i;

/** A handle `prefix/suffix`, prefix in lower case, suffix as written; null when it has another form. */
export function handleOfValue(value: string): string | null {
  if (!FORM.test(value)) return null;
  const slash = value.indexOf('/');
  return lowerAscii(value.slice(0, slash)) + value.slice(slash);
}

/** What follows the host of the handle proxy; null when the URL is not under it. */
export function underHandleProxy(url: string): string | null {
  const start = PROXY.exec(url)?.[0].length;
  return start === undefined ? null : url.slice(start);
}

/** The rest of a proxy URL, read like that of a DOI resolver: handles are encoded in URLs the same way. */
export function handleOfUrlRest(rest: string): string | null {
  return handleOfValue(percentDecoded(withoutQuery(rest)));
}
