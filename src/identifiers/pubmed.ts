import { withoutQuery } from './text.ts';

const PMID = /^[1-9]\d{0,7}$/;
const PMCID = /^(?:pmc)?([1-9]\d{0,7})(?:\.\d+)?$/i;
const PMID_PAGE =
  /^https?:\/\/(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed)\/(?=\d)/i;
const PMCID_PAGE =
  /^https?:\/\/(?:pmc\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pmc)\/articles\/(?=pmc)/i;

/** Digits of a PMID in any spelling (bare, `pmid:`, PubMed URL); null when it is none. */
export function parsePmid(text: string): string | null {
  const trimmed = text.trim();
  return pmidOfValue(underPubmed(trimmed) ?? trimmed.replace(/^pmid:/i, ''));
}

/** `PMC…` of a PMCID in any spelling (`PMC…`, digits, `pmcid:`, PMC URL), without its version; null when it is none. */
export function parsePmcid(text: string): string | null {
  const trimmed = text.trim();
  return pmcidOfValue(underPmc(trimmed) ?? trimmed.replace(/^pmcid:/i, ''));
}

/** One to eight digits without leading zero. */
export function pmidOfValue(value: string): string | null {
  return PMID.test(value) ? value : null;
}

/** `PMC…`, upper case; the digits alone are taken too, since the scheme has said what they are. */
export function pmcidOfValue(value: string): string | null {
  const digits = PMCID.exec(value)?.[1];
  return digits === undefined ? null : `PMC${digits}`;
}

/** What claims to be the PMID in a PubMed article's URL; null for other URLs and for pages below an article. */
export function underPubmed(url: string): string | null {
  return lastSegment(url, PMID_PAGE);
}

/** What claims to be the PMCID in a PMC article's URL; null for other URLs and for files below an article. */
export function underPmc(url: string): string | null {
  return lastSegment(url, PMCID_PAGE);
}

function lastSegment(url: string, page: RegExp): string | null {
  const start = page.exec(url)?.[0].length;
  if (start === undefined) return null;
  const segment = withoutQuery(url.slice(start)).replace(/\/$/, '');
  return segment.includes('/') ? null : segment;
}
