import { organisationNameId, parseIsni, parseRor } from '../../identifiers/index.ts';
import type { PublicationPartner } from '../publication.ts';
import { quoted } from './notes.ts';

/**
 * An organisation by the best of its ids: `ror:…`, `isni:…`, else `name:<normalised>` (specification `usage` §5.3).
 * @param claims what stands beside its name, `type` in lower case; one that is not valid is noted and ignored
 */
export function partnerOf(
  name: string,
  claims: readonly { type: string; text: string }[],
): { partner: PublicationPartner | null; note: string | null } {
  const faults: string[] = [];
  const read = (type: string, parse: (text: string) => string | null) => {
    for (const claim of claims) {
      if (claim.type !== type || claim.text === '') continue;
      const value = parse(claim.text);
      if (value !== null) return `${type}:${value}`;
      faults.push(`${quoted(claim.text)} is not a valid ${type.toUpperCase()}; ignored`);
    }
    return null;
  };
  const id = read('ror', parseRor) ?? read('isni', parseIsni) ?? organisationNameId(name);
  return {
    partner: id === null ? null : { id, name: name || null },
    note: faults.length > 0 ? faults.join('; ') : null,
  };
}

/** Partners without repeats; the first place counts, a name that came later fills a missing one. */
export function joinPartners(partners: readonly PublicationPartner[]): PublicationPartner[] {
  const byId = new Map<string, PublicationPartner>();
  for (const { id, name } of partners) byId.set(id, { id, name: byId.get(id)?.name ?? name });
  return [...byId.values()];
}
