/**
 * A publication as one delivered record states it (specification `usage`, section 5), read from `oai_dc`, MODS, DIDL or JSON.
 * Identifiers are canonical (see `identifiers/`); what had no known form is in `notes`.
 */
export interface PublicationRecord {
  /** The record's own identity: OAI header identifier, or `id` (JSON), else its first identifier. */
  recordId: string;
  /** As delivered (date or date-time); null when the record has none. */
  datestamp: string | null;
  deleted: boolean;
  /** Canonical persistent identifiers of the work itself, best not first but in delivered order, without repeats. */
  identifiers: string[];
  /** Canonical URLs. */
  urls: { url: string; kind: 'page' | 'file' }[];
  title: string | null;
  /** COUNTER Data_Type, `Unspecified` when unknown. */
  type: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  date: string | null;
  publisher: string | null;
  authors: PublicationAuthor[];
  /** People named with ids who are not scholars of this work (promotors, reviewers): their ids are one person's, nothing is counted. */
  alsoNamed?: PublicationAuthor[];
  partners: PublicationPartner[];
  parent: PublicationParent | null;
  /** What was ignored and why, for the evidence's result. */
  notes: string[];
}

export interface PublicationAuthor {
  /** As shown: `family, given`, `dc:creator` as it is, corporate parts joined by a space. */
  name: string;
  /** Canonical scholar ids (`orcid:…`, `isni:…`, `dai:…`, own ids); empty when only a name is known. */
  ids: string[];
}

export interface PublicationPartner {
  /** Canonical: the named id, the OAI namespace, `ror:…`, `isni:…` or `name:<normalised>`. */
  id: string;
  name: string | null;
}

export interface PublicationParent {
  title: string | null;
  /** `Journal`, `Book`, … ; null when unknown. */
  type: string | null;
  issnOnline: string | null;
  issnPrint: string | null;
  isbn: string | null;
  doi: string | null;
}
