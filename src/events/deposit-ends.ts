import { kindOf, parseIdentifier } from '../identifiers/index.ts';

/** What a deposit says of one of its ends (`subj`, `obj`). */
export type Metadata = Record<string, unknown>;

export interface FieldFault {
  /** Below the item: `subj.DOI`. */
  path: string;
  message: string;
}

export const MAX_METADATA_BYTES = 64 * 1024;

/** Fields that assert a further identifier, and how a bare value becomes one. */
const ASSERTED: [field: string, kind: string, prefix: string][] = [
  ['DOI', 'doi', 'doi:'],
  ['PMID', 'pmid', 'pmid:'],
  ['PMCID', 'pmcid', 'pmcid:'],
  ['arxiv', 'arxiv', 'arxiv:'],
  ['URL', 'url', ''],
];
const TEXTS = ['pid', 'title', 'container-title', 'type', 'publisher_id', 'registration_agency'];

/**
 * The canonical identifiers of an end: its own first, then what its metadata asserts. Faults go to `faults`. `written`: its own
 * as it was deposited.
 */
export function readEnd(
  path: 'subj' | 'obj',
  { id, written }: { id: string | null; written: unknown },
  metadata: Metadata | null,
  faults: FieldFault[],
): string[] {
  const ids = id === null ? [] : [id];
  if (metadata === null) return ids;
  for (const [field, kind, prefix] of ASSERTED) {
    const value = metadata[field];
    if (value === undefined || value === null || value === '') continue;
    // Whatever an address names, the end is named by it already.
    if (kind === 'url' && id !== null && value === written) continue;
    if (typeof value !== 'string' && !(typeof value === 'number' && Number.isSafeInteger(value))) {
      faults.push({ path: `${path}.${field}`, message: 'must be a string' });
      continue;
    }
    const asserted = assertedId(String(value), kind, prefix);
    if ('reason' in asserted) faults.push({ path: `${path}.${field}`, message: asserted.reason });
    else if (!ids.includes(asserted.id)) ids.push(asserted.id);
  }
  for (const field of TEXTS) {
    const value = metadata[field];
    if (value !== undefined && value !== null && typeof value !== 'string' && typeof value !== 'number')
      faults.push({ path: `${path}.${field}`, message: 'must be a string' });
  }
  const { author } = metadata;
  if (author !== undefined && author !== null && !Array.isArray(author))
    faults.push({ path: `${path}.author`, message: 'must be a list' });
  return ids;
}

function assertedId(value: string, kind: string, prefix: string): { id: string } | { reason: string } {
  const whole = parseIdentifier(value);
  // A URL may be the address of an identifier, which is what it names then.
  if (whole.ok && (kind === 'url' || whole.identifier.kind === kind)) return { id: whole.identifier.id };
  if (kind === 'url') return { reason: whole.ok ? 'is not a URL' : whole.reason };
  const bare = parseIdentifier(prefix + value);
  if (bare.ok && bare.identifier.kind === kind) return { id: bare.identifier.id };
  return { reason: bare.ok ? `is not a ${kind}` : bare.reason };
}

/** DOI prefix and host by which the feed finds an end: of its identifier as deposited, else of what its metadata asserts. */
export function placeOf(ids: readonly string[]): { prefix: string | null; host: string | null } {
  let prefix: string | null = null;
  let host: string | null = null;
  for (const id of ids) {
    const kind = kindOf(id);
    if (kind === 'doi') prefix ??= id.slice('doi:'.length, id.indexOf('/'));
    else if (kind === 'url') host ??= hostOf(id);
  }
  return { prefix, host };
}

/** The host of a canonical URL. */
function hostOf(url: string): string | null {
  const start = url.indexOf('//') + 2;
  const authority = url.slice(start, url.indexOf('/', start));
  // With a user or a port, or an IPv6 address.
  return /[@:]/.test(authority) ? (URL.parse(url)?.hostname ?? null) : authority;
}
