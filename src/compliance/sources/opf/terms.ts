import type { ArticleVersion, JournalPolicy, Pathway } from './parse.ts';

/** What may be done with one version, and after how long (§5.9). null: not known, or none because it may not. */
export interface VersionTerms {
  selfArchiving: 'can' | 'restricted' | 'cannot' | null;
  /** `"6 months"`, `"0 months"` only when stated so, `"none stated"`. */
  embargo: string | null;
  /** The same in months, for rules; null when none is stated or nothing is allowed. */
  embargoMonths: number | null;
}

const OPEN_LOCATIONS = new Set(['any_website', 'funder_designated_location']);
const HARMLESS_PREREQUISITE = 'when_research_article';

/** The terms of one version from the pathways that cost nothing. */
export function termsOf(journal: JournalPolicy, version: ArticleVersion): VersionTerms {
  const pathways = journal.pathways.filter((pathway) => pathway.versions.includes(version) && !pathway.fee);
  const prohibited = journal.policies > 0 && journal.prohibiting === journal.policies;
  if (journal.policies === 0) return { selfArchiving: null, embargo: null, embargoMonths: null };
  if (prohibited || pathways.length === 0)
    return { selfArchiving: 'cannot', embargo: null, embargoMonths: null };
  const open = pathways.filter(isOpen);
  if (open.length > 0) return { selfArchiving: 'can', ...smallestEmbargo(open) };
  const toRepositories = pathways.filter(namesRepository);
  return {
    selfArchiving: 'restricted',
    ...smallestEmbargo(toRepositories.length > 0 ? toRepositories : pathways),
  };
}

/** Leads to a place where it is open to all, and to everybody's article. */
export function isOpen(pathway: Pathway): boolean {
  const reaches = namesRepository(pathway) || pathway.locations.some((place) => OPEN_LOCATIONS.has(place));
  return reaches && pathway.prerequisites.every((one) => one === HARMLESS_PREREQUISITE);
}

function namesRepository({ locations }: Pathway): boolean {
  return locations.some((place) => place.endsWith('repository'));
}

/** A pathway without a stated embargo makes none stated the smallest: there is a way with no wait that anybody wrote down. */
function smallestEmbargo(pathways: Pathway[]): Pick<VersionTerms, 'embargo' | 'embargoMonths'> {
  const stated = pathways.flatMap(({ embargo }) => embargo ?? []);
  if (stated.length < pathways.length && !stated.some(({ amount }) => amount === 0)) {
    return { embargo: 'none stated', embargoMonths: null };
  }
  const [smallest] = stated.sort((one, other) => monthsOf(one) - monthsOf(other));
  if (smallest === undefined) return { embargo: 'none stated', embargoMonths: null };
  const { amount, units } = smallest;
  return {
    embargo: `${amount} ${units}`,
    embargoMonths: monthsOf(smallest),
  };
}

function monthsOf({ amount, units }: { amount: number; units: string }): number {
  if (/^year/.test(units)) return amount * 12;
  if (/^week/.test(units)) return (amount * 7) / 30.44;
  if (/^day/.test(units)) return amount / 30.44;
  return amount;
}
