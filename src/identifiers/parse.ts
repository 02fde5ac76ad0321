import { arkOfValue } from './ark.ts';
import { arxivOfValue, underArxiv } from './arxiv.ts';
import { doiOfUrlRest, doiOfValue, underDoiResolver } from './doi.ts';
import { handleOfUrlRest, handleOfValue, underHandleProxy } from './handle.ts';
import type { IdentifierKind, ParsedIdentifier } from './identifier.ts';
import { isbnOfValue } from './isbn.ts';
import { oaiOfValue } from './oai.ts';
import { pmcidOfValue, pmidOfValue, underPmc, underPubmed } from './pubmed.ts';
import { MAX_LENGTH, textFault } from './text.ts';
import { nbnOfValue } from './urn-nbn.ts';
import { canonicalUrl } from './web-address.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*$/i;
/** Known by their form only; a URL that matches none of these is a URL and nothing else. */
const KNOWN_HOST = /^https?:\/\/(?:[a-z]+\.)*(?:doi\.org|handle\.net|arxiv\.org|nih\.gov)(?![a-z0-9.-])/i;
const NEVER = new Set(['javascript', 'data', 'file', 'ftp', 'mailto', 'blob', 'info']);

/** What follows `scheme:` for each scheme of the table in `events` §1; a fault here is final, never another kind. */
const READERS = new Map<string, (value: string) => ParsedIdentifier>([
  ['doi', (value) => named('doi', 'doi:', doiOfValue(value))],
  ['oai', (value) => named('oai', 'oai:', oaiOfValue(value))],
  ['hdl', (value) => named('hdl', 'hdl:', handleOfValue(value))],
  ['ark', (value) => named('ark', 'ark:', arkOfValue(value))],
  ['arxiv', (value) => named('arxiv', 'arxiv:', arxivOfValue(value))],
  ['pmcid', (value) => named('pmcid', 'pmcid:', pmcidOfValue(value))],
  ['pmid', (value) => named('pmid', 'pmid:', pmidOfValue(value))],
  ['isbn', (value) => named('isbn', 'isbn:', isbnOfValue(value))],
  ['urn', parseUrn],
  ['info', parseInfo],
]);

const FAULTS: Record<Exclude<IdentifierKind, 'other' | 'url'>, string> = {
  doi: 'looks like a DOI but is none (10., a registrant code of four digits or more, a slash, no blanks)',
  oai: 'is an OAI identifier without a value',
  'urn:nbn': 'is not a valid urn:nbn',
  hdl: 'is not a valid handle (prefix/suffix without blanks)',
  ark: 'is not a valid ARK (ark:/number/name without blanks)',
  arxiv: 'is not a valid arXiv identifier',
  pmcid: 'is not a valid PMCID (PMC and one to eight digits)',
  pmid: 'is not a valid PMID (one to eight digits without leading zero)',
  isbn: 'is not a valid ISBN (10 or 13 digits with the right check digit)',
};

/**
 * Reads any spelling of an identifier (specification `events` §1 "Identifier forms") into its canonical form.
 * Never throws; a fault says why. Canonical ids are read back as themselves.
 */
export function parseIdentifier(text: string): ParsedIdentifier {
  const trimmed = text.trim();
  const fault = textFault(trimmed);
  if (fault !== null) return faulty(fault);
  const parsed = dispatch(trimmed);
  // A bare DOI gains `doi:`, a URL gains percent-encoding: what could not be read back must not be stored.
  if (parsed.ok && parsed.identifier.id.length > MAX_LENGTH) {
    return faulty('is longer than 2,048 characters in its canonical form');
  }
  return parsed;
}

/** The canonical text of an identifier in any spelling; null when it has no known form. */
export function canonicalId(text: string): string | null {
  const parsed = parseIdentifier(text);
  return parsed.ok ? parsed.identifier.id : null;
}

function dispatch(text: string): ParsedIdentifier {
  if (text.startsWith('10.')) return named('doi', 'doi:', doiOfValue(text));
  const colon = text.indexOf(':');
  const scheme = colon < 0 ? '' : text.slice(0, colon);
  if (!SCHEME.test(scheme)) return parseBare(text);
  const name = scheme.toLowerCase();
  if (name === 'https' || name === 'http') return parseUrl(text);
  const value = text.slice(colon + 1);
  return READERS.get(name)?.(value) ?? parseOther(name, value);
}

function parseBare(text: string): ParsedIdentifier {
  if (/^pmc\d/i.test(text)) return named('pmcid', 'pmcid:', pmcidOfValue(text));
  return faulty('has no known form');
}

function parseUrl(text: string): ParsedIdentifier {
  const known = parseKnownHost(text);
  if (known !== null) return known;
  const url = canonicalUrl(text);
  if (url === null) return faulty('is not a valid URL');
  // Spellings such as `https:doi.org/…` show their host only after parsing.
  const unveiled = url === text ? null : parseKnownHost(url);
  return unveiled ?? { ok: true, identifier: { kind: 'url', id: url } };
}

/** URL forms of identifiers; null when the URL is just a URL. */
function parseKnownHost(url: string): ParsedIdentifier | null {
  if (!KNOWN_HOST.test(url)) return null;
  const doi = underDoiResolver(url);
  if (doi !== null) return named('doi', 'doi:', doiOfUrlRest(doi));
  const handle = underHandleProxy(url);
  if (handle !== null) return named('hdl', 'hdl:', handleOfUrlRest(handle));
  const arxiv = underArxiv(url);
  if (arxiv !== null) return named('arxiv', 'arxiv:', arxivOfValue(arxiv));
  const pmid = underPubmed(url);
  if (pmid !== null) return named('pmid', 'pmid:', pmidOfValue(pmid));
  const pmcid = underPmc(url);
  return pmcid === null ? null : named('pmcid', 'pmcid:', pmcidOfValue(pmcid));
}

function parseUrn(value: string): ParsedIdentifier {
  if (/^nbn(?::|$)/i.test(value)) return named('urn:nbn', 'urn:nbn:', nbnOfValue(value.slice(4)));
  // The registered URN of an ISBN is a spelling of the ISBN (RFC 3187), which must not name a chapter as `other`.
  if (/^isbn:/i.test(value)) return named('isbn', 'isbn:', isbnOfValue(value.slice(5)));
  return parseOther('urn', value);
}

function parseInfo(value: string): ParsedIdentifier {
  const form = /^(doi\/|oai[/:]|hdl\/)/i.exec(value)?.[0].toLowerCase() ?? '';
  const rest = value.slice(form.length);
  if (form === 'doi/') return named('doi', 'doi:', doiOfValue(rest));
  if (form === 'hdl/') return named('hdl', 'hdl:', handleOfValue(rest));
  return form === '' ? parseOther('info', value) : named('oai', 'oai:', oaiOfValue(rest));
}

function parseOther(scheme: string, value: string): ParsedIdentifier {
  if (NEVER.has(scheme)) return faulty(`has the scheme ${scheme}, which names no work`);
  if (value.startsWith('//')) return faulty('is a URL of a scheme other than http and https');
  if (!/^\S+$/.test(value)) return faulty('has no known form');
  return { ok: true, identifier: { kind: 'other', id: `${scheme}:${value}` } };
}

function named(kind: keyof typeof FAULTS, prefix: string, value: string | null): ParsedIdentifier {
  return value === null ? faulty(FAULTS[kind]) : { ok: true, identifier: { kind, id: prefix + value } };
}

function faulty(reason: string): ParsedIdentifier {
  return { ok: false, reason };
}
