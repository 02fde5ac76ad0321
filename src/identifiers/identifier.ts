/** Kinds of identifiers, best first: a work is called by the first kind it has (contract, "Identifiers"). */
export const IDENTIFIER_KINDS = [
  'doi',
  'oai',
  'urn:nbn',
  'hdl',
  'ark',
  'arxiv',
  'pmcid',
  'pmid',
  'isbn',
  'other',
  'url',
] as const;

export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** `id` is the canonical text: `doi:10.1371/journal.pone.0048753`, `oai:…`, `scheme:value`, or the URL itself. */
export interface Identifier {
  kind: IdentifierKind;
  id: string;
}

/** `reason` completes "the identifier …" and never repeats the text. */
export type ParsedIdentifier = { ok: true; identifier: Identifier } | { ok: false; reason: string };

/** The kind of an id that is canonical already; says nothing sensible about other text. */
export function kindOf(canonicalId: string): IdentifierKind {
  switch (canonicalId.slice(0, canonicalId.indexOf(':'))) {
    case 'doi':
      return 'doi';
    case 'oai':
      return 'oai';
    case 'http':
    case 'https':
      return 'url';
    case 'urn':
      return canonicalId.startsWith('urn:nbn:') ? 'urn:nbn' : 'other';
    case 'hdl':
      return 'hdl';
    case 'ark':
      return 'ark';
    case 'arxiv':
      return 'arxiv';
    case 'pmcid':
      return 'pmcid';
    case 'pmid':
      return 'pmid';
    case 'isbn':
      return 'isbn';
    default:
      return 'other';
  }
}

/** Negative when `a` is of a better kind than `b`; 0 within one kind, so that a stable sort keeps the order known. */
export function compareIds(a: string, b: string): number {
  return IDENTIFIER_KINDS.indexOf(kindOf(a)) - IDENTIFIER_KINDS.indexOf(kindOf(b));
}

/** The first id of the best kind; null for an empty list. */
export function bestId(ids: readonly string[]): string | null {
  let best: string | null = null;
  for (const id of ids) if (best === null || compareIds(id, best) < 0) best = id;
  return best;
}

/** A URL names a place; every other kind names the work (specification `usage` §5.2). */
export function isPersistent(canonicalId: string): boolean {
  return kindOf(canonicalId) !== 'url';
}

/** `type` of an answer's `{type,value,url}`: the kind, but the scheme itself for schemes of no known kind. */
export function identifierType(canonicalId: string): string {
  const kind = kindOf(canonicalId);
  return kind === 'other' ? canonicalId.slice(0, canonicalId.indexOf(':')) : kind;
}

/** `value` of an answer's `{type,value,url}`: what follows `type:` in the id; a URL is its own value. */
export function identifierValue(canonicalId: string): string {
  const type = identifierType(canonicalId);
  return type === 'url' ? canonicalId : canonicalId.slice(type.length + 1);
}
