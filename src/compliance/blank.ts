import type { Compliance, Identifiers, SupportingInfo } from './record.ts';
import type { Resolution } from './resolution-contract.ts';

/** What is known of an article before anybody was asked: nothing. */
export function blankCompliance(): Compliance {
  return {
    in_epmc: null,
    epmc_is_oa: null,
    epmc_aam: null,
    licence: { type: null },
    licence_source: null,
    journal_type: null,
    confidence: null,
    in_core: null,
    journal_embargo: { preprint: null, postprint: null, publisher: null },
    journal_self_archiving: { preprint: null, postprint: null, publisher: null },
  };
}

export function blankSupportingInfo(): SupportingInfo {
  return {
    epmc_ft_xml: null,
    aam_from_ft_xml: null,
    aam_from_epmc: null,
    issn: [],
    journal: null,
    publisher: null,
    currently_in_oag: false,
    oag_pmcid: 'not_sent',
    oag_doi: 'not_sent',
    oag_pmid: 'not_sent',
    epmc_complete: false,
    oag_complete: false,
  };
}

export function blankResolution(identifiers: Identifiers): Resolution {
  return {
    identifiers,
    supporting_info: blankSupportingInfo(),
    compliance: blankCompliance(),
    notes: [],
    parked: [],
  };
}
