import { identifierUrl, kindOf, parseIdentifier } from '../../identifiers/index.ts';

/** What a target stands for. */
export interface Target {
  /** `obj_id` of the deposit: the target as it was sent, but for the query of an address of ours, which names nothing. */
  objectId: string;
  /** `obj` of the deposit, so that an address of ours leads to its work. */
  object: Record<string, string>;
}

export interface TargetLookups {
  /** `PUBLIC_URL`, without a slash at the end; asked when needed, since a port may be chosen at the start. */
  publicUrl(): string;
  /** The id of the work that any identifier leads to; null when there is none. */
  findWork(identifier: string): Promise<string | null>;
  /** Whether the register has a record of this id. */
  hasRepository(id: string): Promise<boolean>;
}

/** Kinds whose works need not be known here: the mention makes them known. */
const OPEN_KINDS = new Set(['doi', 'pmid', 'pmcid', 'arxiv', 'hdl', 'ark']);

/**
 * Judges whether mentions of a target are taken (events §9.1): an address of a work or repository of ours, a URL that
 * is an identifier, or the URL of a known work. Null for any other. The target is never fetched.
 */
export async function findTarget(target: string, lookups: TargetLookups): Promise<Target | null> {
  const own = ownPath(target, lookups.publicUrl());
  if (own !== null) return findOwn(target, own, lookups);
  const parsed = parseIdentifier(target);
  if (!parsed.ok) return null;
  const { kind, id } = parsed.identifier;
  const known = OPEN_KINDS.has(kind) || (await lookups.findWork(id)) !== null;
  return known ? { objectId: target, object: {} } : null;
}

/** `works/…` or `repositories/…` below our address, without query and fragment; null for any other. */
function ownPath(target: string, publicUrl: string): string | null {
  const base = URL.parse(publicUrl)?.href.replace(/\/*$/, '/');
  const url = URL.parse(target);
  if (base === undefined || url === null) return null;
  const address = url.origin + url.pathname;
  return address.startsWith(base) ? address.slice(base.length) : null;
}

async function findOwn(target: string, path: string, lookups: TargetLookups): Promise<Target | null> {
  const [, room = '', rest = ''] = /^(works|repositories)\/(.+)$/.exec(path) ?? [];
  const id = decoded(rest);
  if (id === null || id === '') return null;
  const address = `${lookups.publicUrl().replace(/\/*$/, '')}/${room}`;
  const objectId = target.replace(/\?[^#]*/, '');
  if (room === 'repositories') {
    const known = await lookups.hasRepository(id);
    return known ? { objectId, object: { URL: `${address}/${encodeURIComponent(id)}` } } : null;
  }
  const work = await lookups.findWork(id);
  return work === null ? null : { objectId, object: namesOf(work) };
}

/** The fields of a deposit that assert which work it is. */
function namesOf(work: string): Record<string, string> {
  switch (kindOf(work)) {
    case 'doi':
      return { DOI: work.slice('doi:'.length) };
    case 'pmid':
      return { PMID: work.slice('pmid:'.length) };
    case 'pmcid':
      return { PMCID: work.slice('pmcid:'.length) };
    case 'arxiv':
      return { arxiv: work.slice('arxiv:'.length) };
    case 'hdl':
      return { URL: identifierUrl(work) ?? work };
    default:
      return { URL: work };
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
