import { parseIssn } from '../../../identifiers/index.ts';
import { asList, asObject, type JsonObject, objectsOf, parseObject, textOf } from '../json.ts';

export type ArticleVersion = 'submitted' | 'accepted' | 'published';

/** One way a publisher allows a version to be made open. */
export interface Pathway {
  versions: ArticleVersion[];
  /** A fee beyond the subscription is asked for it. */
  fee: boolean;
  locations: string[];
  /** Conditions that must be met before, such as `when_required_by_funder` or a funder's name. */
  prerequisites: string[];
  /** null: none is stated. */
  embargo: { amount: number; units: string } | null;
  conditions: string[];
  licences: string[];
  namedRepositories: string[];
  /** Name of the policy it belongs to. */
  policy: string | null;
  /** Where the policy is written down. */
  source: string | null;
}

/** What Open Policy Finder has on a journal. */
export interface JournalPolicy {
  title: string | null;
  publisher: string | null;
  /** Page of the journal in Open Policy Finder. */
  link: string | null;
  /** Number of policies, and of those that forbid any open copy. */
  policies: number;
  prohibiting: number;
  pathways: Pathway[];
}

/**
 * Reads an answer for an ISSN: the journal that lists exactly this ISSN, `journal` null when none does.
 * Null when it is no answer of the service.
 */
export function parsePublications(text: string, issn: string): { journal: JournalPolicy | null } | null {
  const answer = parseObject(text);
  if (answer === null || !Array.isArray(answer.items)) return null;
  const item = objectsOf(answer.items).find((candidate) =>
    objectsOf(candidate.issns).some((own) => parseIssn(textOf(own.issn) ?? '') === issn),
  );
  return { journal: item === undefined ? null : parseItem(item) };
}

function parseItem(item: JsonObject): JournalPolicy {
  const policies = objectsOf(item.publisher_policy);
  const metadata = asObject(item.system_metadata);
  return {
    title: textOf(objectsOf(item.title)[0]?.title),
    publisher: textOf(objectsOf(asObject(objectsOf(item.publishers)[0]?.publisher)?.name)[0]?.name),
    link: textOf(metadata?.uri),
    policies: policies.length,
    prohibiting: policies.filter((policy) => policy.open_access_prohibited === 'yes').length,
    pathways: policies.flatMap((policy) =>
      policy.open_access_prohibited === 'yes'
        ? []
        : objectsOf(policy.permitted_oa).map((permitted) => parsePathway(permitted, policy)),
    ),
  };
}

function parsePathway(permitted: JsonObject, policy: JsonObject): Pathway {
  const location = asObject(permitted.location);
  return {
    versions: textsOf(permitted.article_version).filter(isVersion),
    fee: permitted.additional_oa_fee === 'yes',
    locations: textsOf(location?.location),
    prerequisites: prerequisitesOf(asObject(permitted.prerequisites)),
    embargo: embargoOf(asObject(permitted.embargo)),
    conditions: textsOf(permitted.conditions),
    licences: objectsOf(permitted.license).flatMap((licence) => textOf(licence.license) ?? []),
    namedRepositories: textsOf(location?.named_repository),
    policy: textOf(policy.internal_moniker),
    source: textOf(policy.uri) ?? textOf(objectsOf(policy.urls)[0]?.url),
  };
}

const isVersion = (text: string): text is ArticleVersion =>
  text === 'submitted' || text === 'accepted' || text === 'published';

function textsOf(value: unknown): string[] {
  return asList(value).flatMap((item) => textOf(item) ?? []);
}

/** Plain ones, and those that name a funder or a subject: `{prerequisites: […], prerequisite_funders: […], …}`. */
function prerequisitesOf(value: JsonObject | null): string[] {
  if (value === null) return [];
  const plain = textsOf(value.prerequisites);
  const named = objectsOf(value.prerequisite_funders).map(
    (funder) => `funder: ${textOf(objectsOf(asObject(funder.funder_metadata)?.name)[0]?.name) ?? 'unnamed'}`,
  );
  const subjects = textsOf(value.prerequisite_subjects).map((subject) => `subject: ${subject}`);
  // Whatever else it holds is a condition too, although nobody has told us its form.
  const others = Object.entries(value)
    .filter(([key, held]) => !known.has(key) && !key.endsWith('_phrases') && !isEmpty(held))
    .map(([key]) => key);
  return [...plain, ...named, ...subjects, ...others];
}

const known = new Set(['prerequisites', 'prerequisite_funders', 'prerequisite_subjects']);
const isEmpty = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

function embargoOf(value: JsonObject | null): Pathway['embargo'] {
  const amount = Number(textOf(value?.amount) ?? Number.NaN);
  if (value === null || !Number.isFinite(amount) || amount < 0) return null;
  return { amount, units: textOf(value.units) ?? 'months' };
}
