/**
 * The XML vocabularies that publication records come in, told apart by namespace, never by prefix.
 * Versions of a vocabulary differ in their namespace (MODS `…/mods`, `…/mods/v3`; DIDL 2002 and 2005), so each is a test, not a constant.
 */
export type InNamespace = (namespace: string) => boolean;

const matching =
  (pattern: RegExp): InNamespace =>
  (namespace) =>
    pattern.test(namespace);

export const inOai = matching(/^https?:\/\/www\.openarchives\.org\/OAI\/[12]\.\d\/?$/i);
export const inMods = matching(/^https?:\/\/www\.loc\.gov\/mods(?:\/v?[\d.-]+)?\/?$/i);
export const inDublinCore = matching(/^https?:\/\/purl\.org\/dc\/elements\/1\.[01]\/?$/i);
export const inDidl = matching(/^urn:mpeg:mpeg21:20\d\d:\d\d-DIDL-NS$/i);
export const inDii = matching(/^urn:mpeg:mpeg21:20\d\d:\d\d-DII-NS$/i);
export const inDip = matching(/^urn:mpeg:mpeg21:20\d\d:\d\d-DIP-NS$/i);
export const inRdf = matching(/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/i);
export const inDaiList = matching(/^info:eu-repo\/dai(?:\/nl)?\/?$/i);

/** Namespaces of the element `dc` around Dublin Core: OAI-PMH's own and those of SRU servers. */
export const inDublinCoreContainer = matching(
  /^(?:https?:\/\/www\.openarchives\.org\/OAI\/2\.0\/oai_dc\/?|info:srw\/schema\/1\/dc-(?:schema|v1\.1)|https?:\/\/purl\.org\/dc\/elements\/1\.[01]\/?)$/i,
);
