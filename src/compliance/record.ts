// The data model (specification §2 and §8): names as its readers know them, so they are not ours to choose.

/** What became of a list that was handed in. */
export type JobStatus = 'submitted' | 'processing' | 'complete' | 'error';

export interface Upload {
  id: string;
  /** `YYYY-MM-DDTHH:MM:SSZ`, like every time here. */
  created_date: string;
  filename: string;
  /** Always empty in answers: the address is nobody else's business. */
  contact: { email?: string };
  status: { code: JobStatus; message: string };
}

export interface ComplianceRecord {
  id: string;
  created_date: string;
  last_updated: string;
  /** `pos` counts data rows from 1, blank and ignored ones too. */
  upload: { id: string; pos: number };
  /** What came in, untouched: the four fields, then the other columns under their own headers. */
  source: Source;
  identifiers: Identifiers;
  supporting_info: SupportingInfo;
  compliance: Compliance;
  /** Only of the policies that were asked for. */
  verdicts?: Verdicts;
  provenance: ProvenanceEntry[];
}

export type Source = { pmcid?: string; pmid?: string; doi?: string; article_title?: string } & Record<
  string,
  string
>;

/** Canonical ids, given or found; null: not known. */
export interface Identifiers {
  pmcid: string | null;
  pmid: string | null;
  doi: string | null;
  title: string | null;
}

export type Sending = 'not_sent' | 'sent' | 'success' | 'fto' | 'error';

export interface SupportingInfo {
  epmc_ft_xml: boolean | null;
  /** The full text decided the question of the author manuscript, either way. */
  aam_from_ft_xml: boolean | null;
  /** Europe PMC's flags decided it. */
  aam_from_epmc: boolean | null;
  issn: string[];
  journal: string | null;
  publisher: string | null;
  /** Whether the publisher's page is being asked right now. */
  currently_in_oag: boolean;
  oag_pmcid: Sending;
  oag_doi: Sending;
  oag_pmid: Sending;
  epmc_complete: boolean;
  oag_complete: boolean;
  /** Every pathway of self-archiving the publisher has stated, with where it is written. */
  pathways?: unknown[];
  copies?: Copy[];
  /** More that a reader may want, such as dates of publication and the full text's sha256. */
  [more: string]: unknown;
}

/** A copy somebody knows of. It decides nothing. */
export interface Copy {
  url: string;
  host_type: string | null;
  version: string | null;
  licence: string | null;
  from: 'unpaywall' | 'core';
  /** The record of the register whose repository it lies in. */
  repository?: { id: string; name: string };
}

/** null: not known; never the same as false. */
export interface Compliance {
  in_epmc: boolean | null;
  epmc_is_oa: boolean | null;
  epmc_aam: boolean | null;
  licence: { type: string | null };
  licence_source: 'epmc_xml' | 'epmc' | 'publisher' | null;
  journal_type: 'oa' | 'hybrid' | null;
  /** 1 by an identifier, 0.9 by the exact title, 0.7 by a similar one. */
  confidence: number | null;
  in_core: boolean | null;
  journal_embargo: PerVersion;
  journal_self_archiving: PerVersion;
}

export interface PerVersion {
  preprint: string | null;
  postprint: string | null;
  publisher: string | null;
}

export type ThreeValued = 'yes' | 'no' | 'unknown';

export interface Verdict {
  compliant: ThreeValued;
  applies: ThreeValued;
  because: { criterion: string; met: ThreeValued; fact: string; value: unknown }[];
}

export type Verdicts = Record<string, Verdict>;

export interface ProvenanceEntry {
  by: ProvenanceBy;
  when: string;
  /** The sentence for a person. */
  note: string;
  code: ProvenanceCode;
  params?: Record<string, unknown>;
}

/** The sources that are asked over the network. */
export const upstreams = ['epmc', 'doaj', 'core', 'opf', 'crossref', 'unpaywall', 'publisher'] as const;
export type Upstream = (typeof upstreams)[number];

export type ProvenanceBy = 'importer' | 'processor' | 'registry' | 'policy' | Upstream;

export const provenanceCodes = [
  'row.ragged',
  'row.ignored',
  'cell.formula',
  'id.normalised',
  'id.invalid',
  'id.found',
  'id.conflict',
  'duplicate.pmcid',
  'duplicate.pmid',
  'duplicate.doi',
  'title.mismatch',
  'epmc.found',
  'epmc.found_exact_title',
  'epmc.found_fuzzy_title',
  'epmc.ambiguous',
  'epmc.not_found',
  'epmc.unavailable',
  'epmc.recovered',
  'epmc.fulltext_found',
  'epmc.fulltext_absent',
  'epmc.fulltext_not_served',
  'epmc.fulltext_malformed',
  'aam.epmc_flag',
  'aam.epmc_flag_none',
  'aam.xml',
  'aam.xml_none',
  'licence.xml_url',
  'licence.xml_type',
  'licence.xml_text',
  'licence.xml_copyright',
  'licence.epmc',
  'licence.crossref',
  'licence.publisher_page',
  'licence.nonstandard',
  'licence.none',
  'licence.conflict',
  'doaj.listed',
  'doaj.not_listed',
  'doaj.no_issn',
  'doaj.unavailable',
  'doaj.recovered',
  'core.found',
  'core.not_found',
  'core.no_doi',
  'core.not_configured',
  'core.unavailable',
  'core.recovered',
  'opf.found',
  'opf.not_found',
  'opf.no_issn',
  'opf.not_configured',
  'opf.unavailable',
  'opf.recovered',
  'crossref.found',
  'crossref.not_found',
  'crossref.unavailable',
  'crossref.recovered',
  'unpaywall.found',
  'unpaywall.not_found',
  'unpaywall.no_doi',
  'unpaywall.not_configured',
  'unpaywall.unavailable',
  'unpaywall.recovered',
  'publisher.unavailable',
  'publisher.recovered',
  'registry.matched',
  'policy.verdict',
  'processor.failed',
] as const;

export type ProvenanceCode = (typeof provenanceCodes)[number];
