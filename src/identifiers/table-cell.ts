import { doiOfValue } from './doi.ts';
import { MAX_LENGTH, percentDecoded } from './text.ts';

/**
 * Identifiers as people write them into the cells of a compliance list (specification `compliance` §4). More lenient
 * than the forms programs send: spreadsheets add blanks, punctuation and `.0`, and a registrant may be short.
 */

const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g;
const PMC_SITE =
  /^(?:https?:\/\/)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov\/pmc\/articles\/|pmc\.ncbi\.nlm\.nih\.gov\/articles\/|europepmc\.org\/(?:article\/pmc|articles)\/)/i;
const PUBMED_SITE =
  /^(?:https?:\/\/)?(?:pubmed\.ncbi\.nlm\.nih\.gov\/|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed\/|europepmc\.org\/(?:article|abstract)\/med\/)/i;
const DOI_PREFIXES = [
  /^(?:https?:)?\/\//i,
  /^(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)\//i,
  /^(?:info:)?doi\s*[:/]?\s*/i,
];
const PARTNERS: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' };
const TRAILING = new Set('.,;:\'"”’…');

/** A cell ready for matching: NFKC, invisible characters gone, trimmed (non-breaking spaces are spaces). */
export function cleanCell(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').replaceAll('\u00A0', ' ').trim();
}

/** A cleaned cell, or nothing when it is too long for an identifier: the forms below allow blanks in many places. */
function shortCell(text: string): string {
  const cell = cleanCell(text);
  return cell.length > MAX_LENGTH ? '' : cell;
}

/** `PMC` and digits; null when the cell holds no PMCID. */
export function pmcidOfCell(text: string): string | null {
  const value = shortCell(text).replace(PMC_SITE, '');
  const digits = /^(?:pmcid\s*:?\s*)?(?:pmc)?\s*0*([1-9]\d{0,7})(?:\.\d+)?\/?$/i.exec(value)?.[1];
  return digits === undefined ? null : `PMC${digits}`;
}

/** Digits; null when the cell holds no PMID. */
export function pmidOfCell(text: string): string | null {
  const value = shortCell(text).replace(PUBMED_SITE, '');
  return /^(?:pmid)?\s*:?\s*0*([1-9]\d{0,7})(?:\.0+)?\/?$/i.exec(value)?.[1] ?? null;
}

/** `10.…/…` in lower case, registrants of one digit or more; null when the cell holds no DOI. */
export function doiOfCell(text: string): string | null {
  let value = shortCell(text);
  for (let before = ''; before !== value; ) {
    before = value;
    for (const prefix of DOI_PREFIXES) value = value.replace(prefix, '');
  }
  return doiOfValue(withoutTrailing(percentDecoded(value)), { shortRegistrant: true });
}

/** Strips punctuation from the end, and closing brackets that have no partner inside; one pass over the text. */
function withoutTrailing(text: string): string {
  const open = new Map<string, number>();
  for (const character of text) open.set(character, (open.get(character) ?? 0) + 1);
  let end = text.length;
  for (; end > 0; end -= 1) {
    const last = text[end - 1] ?? '';
    const partner = PARTNERS[last];
    const surplus = partner !== undefined && (open.get(last) ?? 0) > (open.get(partner) ?? 0);
    if (!TRAILING.has(last) && !surplus) break;
    open.set(last, (open.get(last) ?? 0) - 1);
  }
  return text.slice(0, end);
}
