import type { Compliance, Identifiers } from '../record.ts';
import type { Facts } from './policy.ts';

/** What the policies need beside the record's own `compliance`. */
export interface DatedFacts {
  /** `YYYY-MM-DD`; null: not known. */
  published: string | null;
  embargoUntil: string | null;
  /** The article is known to Europe PMC, so that what it does not say of an embargo means that there is none. */
  inEuropePmcIndex: boolean;
  /** Europe PMC has said whether it knows the article. */
  europePmcAnswered: boolean;
  postprintEmbargoMonths: number | null;
}

export function factsOf(compliance: Compliance, identifiers: Identifiers, dated: DatedFacts): Facts {
  const { published, embargoUntil, inEuropePmcIndex } = dated;
  const selfArchiving = compliance.journal_self_archiving;
  const isEmbargoed = embargoUntil !== null && published !== null && embargoUntil > published;
  const embargoKnown = inEuropePmcIndex && (embargoUntil === null || published !== null);
  return {
    in_epmc: compliance.in_epmc,
    epmc_is_oa: compliance.epmc_is_oa,
    aam: compliance.epmc_aam,
    licence: compliance.licence.type,
    licence_source: compliance.licence_source,
    journal_type: compliance.journal_type,
    in_core: compliance.in_core,
    pmcid: identifiers.pmcid ?? (dated.europePmcAnswered ? false : null),
    published,
    // No source of ours tells these two.
    accepted: null,
    deposited: null,
    embargo_until: embargoKnown ? isEmbargoed && embargoUntil : null,
    embargo_months: embargoKnown ? (isEmbargoed ? monthsBetween(published, embargoUntil) : 0) : null,
    postprint_embargo_months: selfArchiving.postprint === 'cannot' ? false : dated.postprintEmbargoMonths,
    self_archiving_preprint: selfArchiving.preprint,
    self_archiving_postprint: selfArchiving.postprint,
    self_archiving_publisher: selfArchiving.publisher,
  };
}

/** Months begun between two days: 2020-01-15 to 2021-01-15 are 12, to 2021-01-16 are 13. */
function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth + (toDay > fromDay ? 1 : 0);
}
