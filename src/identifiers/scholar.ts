import { normaliseName } from './person-name.ts';
import { textFault } from './text.ts';

const ORCID_PREFIX = /^(?:orcid:\s*)?(?:(?:https?:\/\/)?(?:www\.)?orcid\.org\/)?/i;
const ISNI_PREFIX = /^(?:isni:?\s*)?(?:(?:https?:\/\/)?(?:www\.)?isni\.org\/(?:isni\/)?)?/i;
const DAI_PREFIX = /^(?:dai:\s*|info:eu-repo\/dai\/nl\/)/i;

/** `NNNN-NNNN-NNNN-NNNX` of an ORCID (bare, `orcid:`, URL; hyphens or none); null unless its check digit is right. */
export function parseOrcid(text: string): string | null {
  const digits = sixteen(text.trim().replace(ORCID_PREFIX, '').replace(/\/$/, ''));
  return digits === null ? null : digits.replace(/(.{4})(?=.)/g, '$1-');
}

/** The 16 digits of an ISNI (bare, `isni:`, URL; blanks or hyphens go); null unless its check digit is right. */
export function parseIsni(text: string): string | null {
  return sixteen(text.trim().replace(ISNI_PREFIX, '').replace(/\/$/, ''));
}

/**
 * A Dutch author number (bare, `dai:`, `info:eu-repo/dai/nl/`), leading zeros kept. One that fails its check digit
 * (weights 2, 3, … from the right, modulo 11, X for 10) is in use all the same: `valid` says so. Null: not a number.
 */
export function parseDai(text: string): { value: string; valid: boolean } | null {
  const value = text.trim().replace(DAI_PREFIX, '').toUpperCase();
  if (!/^\d{4,15}[\dX]$/.test(value)) return null;
  let sum = 0;
  for (let at = value.length - 2, weight = 2; at >= 0; at -= 1, weight += 1)
    sum += Number(value[at]) * weight;
  const check = (11 - (sum % 11)) % 11;
  return { value, valid: value.endsWith(check === 10 ? 'X' : String(check)) };
}

/**
 * The canonical id of a scholar in any spelling (`usage` §5.4): `orcid:…`, `isni:…`, `dai:…`, `name:<partner>:<name>`;
 * every other text is an own id, trimmed. Null when it claims to be an ORCID, ISNI or DAI and is none, or is unusable.
 */
export function parseScholarId(text: string): string | null {
  const trimmed = text.trim();
  if (textFault(trimmed) !== null) return null;
  if (/^(?:orcid:|(?:https?:\/\/)?(?:www\.)?orcid\.org\/)/i.test(trimmed))
    return prefixed('orcid:', parseOrcid(trimmed));
  if (/^(?:isni:|(?:https?:\/\/)?(?:www\.)?isni\.org\/)/i.test(trimmed))
    return prefixed('isni:', parseIsni(trimmed));
  if (DAI_PREFIX.test(trimmed)) return prefixed('dai:', parseDai(trimmed)?.value ?? null);
  if (trimmed.startsWith('name:')) return canonicalNameId(trimmed);
  return parseBareScholarId(trimmed);
}

/** Sixteen digits without a word about what they are: written with hyphens an ORCID, else whichever has that range. */
function parseBareScholarId(text: string): string | null {
  if (/^\d{4}-\d{4}-\d{4}-\d{3}[\dx]$/i.test(text)) return prefixed('orcid:', parseOrcid(text));
  const digits = sixteen(text);
  if (digits === null) return text;
  return isOrcidRange(digits) ? prefixed('orcid:', parseOrcid(digits)) : `isni:${digits}`;
}

/** The blocks of ISNI numbers set aside for ORCID (support.orcid.org, "Structure of the ORCID identifier"). */
function isOrcidRange(digits: string): boolean {
  const number = digits.slice(0, 15);
  return (
    (number >= '000000015000000' && number <= '000000035000000') ||
    (number >= '000900000000000' && number <= '000900100000000')
  );
}

/** The name after the last colon is compared in its normal form, which holds no colon; the partner stays as written. */
function canonicalNameId(text: string): string | null {
  const colon = text.lastIndexOf(':');
  const name = normaliseName(text.slice(colon + 1));
  return name === '' ? null : text.slice(0, colon + 1) + name;
}

/** Sixteen digits, the last maybe X, whose ISO 7064 MOD 11-2 check digit is right; blanks and hyphens go. */
function sixteen(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '').toUpperCase();
  if (!/^\d{15}[\dX]$/.test(digits)) return null;
  let total = 0;
  for (let at = 0; at < 15; at += 1) total = (total + Number(digits[at])) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits.endsWith(check === 10 ? 'X' : String(check)) ? digits : null;
}

function prefixed(prefix: string, value: string | null): string | null {
  return value === null ? null : prefix + value;
}
