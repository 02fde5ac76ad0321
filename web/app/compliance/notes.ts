import type { I18n } from '../i18n.tsx';
import type { en } from '../messages/en.ts';

type Name = keyof (typeof en)['notes'];

const sources: Record<string, string> = {
  epmc: 'Europe PMC',
  doaj: 'DOAJ',
  core: 'CORE',
  opf: 'Open Policy Finder',
  crossref: 'Crossref',
  unpaywall: 'Unpaywall',
};

const ofAny: ReadonlySet<string> = new Set([
  'found',
  'not_found',
  'unavailable',
  'recovered',
  'not_configured',
  'no_doi',
  'no_issn',
]);

const ofOne: ReadonlySet<string> = new Set([
  'row_ragged',
  'row_ignored',
  'cell_formula',
  'id_normalised',
  'id_invalid',
  'id_found',
  'id_conflict',
  'duplicate_pmcid',
  'duplicate_pmid',
  'duplicate_doi',
  'title_mismatch',
  'epmc_found_exact_title',
  'epmc_found_fuzzy_title',
  'epmc_ambiguous',
  'epmc_fulltext_found',
  'epmc_fulltext_absent',
  'epmc_fulltext_not_served',
  'epmc_fulltext_malformed',
  'aam_epmc_flag',
  'aam_epmc_flag_none',
  'aam_xml',
  'aam_xml_none',
  'licence_xml_url',
  'licence_xml_type',
  'licence_xml_text',
  'licence_xml_copyright',
  'licence_epmc',
  'licence_crossref',
  'licence_publisher_page',
  'licence_nonstandard',
  'licence_none',
  'licence_conflict',
  'doaj_listed',
  'doaj_not_listed',
  'registry_matched',
  'policy_verdict',
  'processor_failed',
]);

/** What a note says, by its code (`core.no_doi`); a code nobody knows is itself. */
export function noteText(code: string, { t }: Pick<I18n, 't'>): string {
  const [area = '', what = ''] = code.split('.');
  const own = `${area}_${what}`;
  if (ofOne.has(own)) return t(`notes.${own as Name}`);
  const source = area === 'publisher' ? t('notes.thePublisher') : sources[area];
  return source !== undefined && ofAny.has(what) ? t(`notes.${what as Name}`, { source }) : code;
}
