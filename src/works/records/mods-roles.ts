import type { XmlElement } from '../../platform/xml/index.ts';
import { childrenIn, textsIn } from './elements.ts';
import { inMods } from './namespaces.ts';

/** MARC relators (id.loc.gov/vocabulary/relators) under which a person is a scholar of the work (specification `usage` §5.4). */
const SCHOLAR_ROLES = new Set(['aut', 'cre', 'edt', 'inv', 'dis', 'pta']);
/** Those under which an organisation is a partner: degree granting institution, host institution (§5.3). */
const PARTNER_ROLES = new Set(['dgg', 'his']);

/** Roles that are written out (`roleTerm/@type="text"`). */
const CODES: Record<string, string> = {
  author: 'aut',
  creator: 'cre',
  editor: 'edt',
  inventor: 'inv',
  dissertant: 'dis',
  'patent applicant': 'pta',
  'degree granting institution': 'dgg',
  'degree grantor': 'dgg',
  'host institution': 'his',
};

/** Role codes of a name, lower case; written-out roles that are none of ours stay as words, so that they count as a role. */
export function rolesOf(name: XmlElement): string[] {
  return roleTermsOf(name)
    .filter((term) => !isAuthorNumber(term))
    .map((term) => term.toLowerCase().replace(/^.*\//s, ''))
    .map((term) => CODES[term] ?? term);
}

/** The numbers that some senders put where the role belongs (`name/@authority="info:eu-repo/dai/nl"`). */
export function authorNumbersOf(name: XmlElement): string[] {
  return roleTermsOf(name).filter(isAuthorNumber);
}

export function isScholarRole(roles: readonly string[]): boolean {
  return roles.length === 0 || roles.some((role) => SCHOLAR_ROLES.has(role));
}

export function isPartnerRole(roles: readonly string[]): boolean {
  return roles.some((role) => PARTNER_ROLES.has(role));
}

function roleTermsOf(name: XmlElement): string[] {
  return childrenIn(name, inMods, 'role').flatMap((role) => textsIn(role, inMods, 'roleTerm'));
}

function isAuthorNumber(term: string): boolean {
  return /^(?:info:eu-repo\/dai\/nl\/)?\d{5,}X?$/i.test(term);
}
