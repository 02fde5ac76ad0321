import { organisationNameId } from './person-name.ts';
import { parseIsni } from './scholar.ts';
import { textFault } from './text.ts';

const ROR = /^(?:ror:\s*)?(?:(?:https?:\/\/)?(?:www\.)?ror\.org\/)?(0[a-z0-9]{8})\/?$/i;

/** The nine characters of a ROR id (bare, `ror:`, URL), lower case; null when it has another form. */
export function parseRor(text: string): string | null {
  return ROR.exec(text.trim())?.[1]?.toLowerCase() ?? null;
}

/**
 * The canonical id of a partner in any spelling (`usage` §5.3): `ror:…`, `isni:…`, `name:<normalised>`; every other
 * text is the partner's own name for itself, trimmed. Null when it claims to be an ISNI and is none, or is unusable.
 */
export function parsePartnerId(text: string): string | null {
  const trimmed = text.trim();
  if (textFault(trimmed) !== null) return null;
  if (/^ror:|^(?:https?:\/\/)?(?:www\.)?ror\.org\//i.test(trimmed)) {
    const ror = parseRor(trimmed);
    return ror === null ? trimmed : `ror:${ror}`;
  }
  if (/^(?:isni:|(?:https?:\/\/)?(?:www\.)?isni\.org\/)/i.test(trimmed)) {
    const isni = parseIsni(trimmed);
    return isni === null ? null : `isni:${isni}`;
  }
  return trimmed.startsWith('name:') ? organisationNameId(trimmed.slice(5)) : trimmed;
}
