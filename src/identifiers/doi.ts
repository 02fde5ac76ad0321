import { lowerAscii, percentDecoded, withoutQuery } from './text.ts';

/** Control characters are excluded here too, since percent-decoding may bring them in. */
const FORM = /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{Cc}]+$/u;
const FORM_SHORT_REGISTRANT = /^10\.\d{1,9}(?:\.\d+)*\/[^\s\p{Cc}]+$/u;
const PREFIX = /^(?:doi:|info:doi\/)/i;
/** A default port is the same resolver; anything else after the host is another server. */
const RESOLVER =
  /^(?:http:\/\/(?:dx\.|www\.)?doi\.org(?::80)?|https:\/\/(?:dx\.|www\.)?doi\.org(?::443)?)(?:\/|(?=[?#]|$))/i;

export interface DoiOptions {
  /** Take registrant codes of fewer than four digits: for compliance lists only (contract, "Identifiers"). */
  shortRegistrant?: boolean;
}

/** The bare DOI (`10.…/…`, ASCII lower case) of any spelling: bare, `doi:`, `info:doi/`, resolver URL; else null. */
export function parseDoi(text: string, options?: DoiOptions): string | null {
  const trimmed = text.trim();
  const rest = underDoiResolver(trimmed);
  if (rest !== null) return doiOfUrlRest(rest, options);
  return doiOfValue(trimmed.replace(PREFIX, ''), options);
}

/** A DOI without any prefix, taken literally: nothing is decoded or cut. */
export function doiOfValue(value: string, options?: DoiOptions): string | null {
  const form = options?.shortRegistrant ? FORM_SHORT_REGISTRANT : FORM;
  return form.test(value) ? lowerAscii(value) : null;
}

/** What follows the host of a DOI resolver; null when the URL is not under one. */
export function underDoiResolver(url: string): string | null {
  const start = RESOLVER.exec(url)?.[0].length;
  return start === undefined ? null : url.slice(start);
}

/** The rest of a resolver URL: raw query and fragment cut first, then percent-decoded once (`events` §1). */
export function doiOfUrlRest(rest: string, options?: DoiOptions): string | null {
  return doiOfValue(percentDecoded(withoutQuery(rest)), options);
}
