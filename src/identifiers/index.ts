export { type DoiOptions, parseDoi } from './doi.ts';
export {
  bestId,
  compareIds,
  IDENTIFIER_KINDS,
  type Identifier,
  type IdentifierKind,
  identifierType,
  identifierValue,
  isPersistent,
  kindOf,
  type ParsedIdentifier,
} from './identifier.ts';
export { parseIsbn } from './isbn.ts';
export { namesContainer, parseIssn } from './issn.ts';
export { identifierUrl } from './link.ts';
export { oaiNamespace } from './oai.ts';
export { parsePartnerId, parseRor } from './organisation.ts';
export { canonicalId, parseIdentifier } from './parse.ts';
export { nameId, normaliseName, organisationNameId } from './person-name.ts';
export { parsePmcid, parsePmid } from './pubmed.ts';
export { parseDai, parseIsni, parseOrcid, parseScholarId } from './scholar.ts';
export { cleanCell, doiOfCell, pmcidOfCell, pmidOfCell } from './table-cell.ts';
export { urlKey } from './url-key.ts';
