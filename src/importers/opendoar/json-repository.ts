import type { Json, JsonObject } from '../../client/index.ts';
import type { ReadRepository } from '../registry/import-repositories.ts';
import { type Codes, compact, createFindings, type Findings } from '../registry/repository.ts';
import { isObject } from '../registry/url-keys.ts';

const contentTypes: Record<string, string> = {
  journal_articles: 'Journal articles',
  bibliographic_references: 'Bibliographic references',
  conference_and_workshop_papers: 'Conference and workshop papers',
  theses_and_dissertations: 'Theses and dissertations',
  unpub_reports_and_working_papers: 'Unpublished reports and working papers',
  books_chapters_and_sections: 'Books, chapters and sections',
  datasets: 'Datasets',
  learning_objects: 'Learning Objects',
  software: 'Software',
  patents: 'Patents',
  other_special_item_types: 'Other special item types',
};

const softwareNames: Record<string, string> = { dspace: 'DSpace', eprints: 'EPrints' };

/** Maps an item of OpenDOAR's v2 API to the register; registry.md §7. `null` is absence everywhere. */
export function mapJsonRepository(item: JsonObject, codes: Codes): ReadRepository {
  const system = objectAt(item, 'system_metadata');
  const given = objectAt(item, 'repository_metadata');
  const rid = Number(system.id);
  if (!Number.isInteger(rid))
    return { rejected: { id: String(system.id ?? ''), reason: 'it has no number' } };
  if (system.publicly_visible === 'no') return { rejected: { id: rid, reason: 'not visible' } };

  const findings = createFindings(codes);
  const organisations = organisationsOf(item, findings);
  const country = organisations
    .map(({ details }) => textAt(objectOf(details), 'country_code'))
    .find((code) => code !== null);
  const policies = policiesOf(given, findings);
  const common = compact({
    url: findings.url('url', textAt(given, 'url')),
    description: textAt(given, 'description'),
    established_date: findings.established('year_established', textAt(given, 'year_established')),
    country_code: country ?? null,
    policy_url: policies.map((policy) => textAt(policy, 'url')).find((url) => url !== null) ?? null,
    repository_type: capitalised(textAt(given, 'type')),
    content_type: textsAt(given, 'content_types').map(
      (code) => contentTypes[code] ?? labelOf(given, 'content_types', code),
    ),
    subject: textsAt(given, 'content_subjects').map((code) => labelOf(given, 'content_subjects', code)),
    language_code: findings.languages('content_languages', textsAt(given, 'content_languages')),
  });
  const oaiUrl = findings.url('oai_url', textAt(given, 'oai_url'));
  const register = compact({
    operational_status: statusOf(textAt(given, 'repository_status')),
    metadata: metadataOf(given, common, findings),
    software: softwareOf(objectAt(given, 'software')),
    organisation: organisations,
    policy: policies,
    api: oaiUrl === null ? [] : [{ api_type: 'oai-pmh', base_url: oaiUrl }],
    identifier: [{ scheme: 'opendoar', value: String(rid) }],
  });
  const count = given.metadata_record_count;
  const statistics =
    typeof count === 'number'
      ? [{ type: 'record_count', value: count, date: timeOf(textAt(system, 'date_modified')) }]
      : [];
  const admin = compact({ rid, in_opendoar: true, invalid: findings.invalid });
  return { repository: { id: rid, register, admin, statistics } };
}

/** One entry for each language that has a name; the rest belongs to the default one: English, else the first. */
function metadataOf(given: JsonObject, common: JsonObject, findings: Findings): JsonObject[] {
  const names = new Map<string, JsonObject>();
  for (const entry of objectsAt(given, 'name')) {
    const [lang = 'en'] = findings.languages('name.language', [textAt(entry, 'language')]);
    const record = compact({ name: textAt(entry, 'name'), acronym: textAt(entry, 'acronym') });
    if (!names.has(lang) && Object.keys(record).length > 0) names.set(lang, record);
  }
  if (names.size === 0) names.set('en', {});
  const first = names.has('en') ? 'en' : [...names.keys()][0];
  return [...names].map(([lang, record]) =>
    lang === first ? { lang, default: true, record: { ...record, ...common } } : { lang, record },
  );
}

function organisationsOf(item: JsonObject, findings: Findings): JsonObject[] {
  const given = [item.organisation ?? []].flat().filter(isObject);
  return given.flatMap((organisation) => {
    const [name] = objectsAt(organisation, 'name');
    const location = objectAt(organisation, 'location');
    const details = compact({
      name: textAt(name ?? {}, 'name'),
      acronym: textAt(name ?? {}, 'acronym'),
      url: findings.url('organisation.url', textAt(organisation, 'url')),
      country_code: findings.country('organisation.country', textAt(organisation, 'country')),
      ...findings.place(textAt(location, 'latitude'), textAt(location, 'longitude')),
      identifier: objectsAt(organisation, 'identifiers')
        .map((one) => compact({ scheme: textAt(one, 'type'), value: textAt(one, 'identifier') }))
        .filter((one) => 'value' in one),
    });
    return Object.keys(details).length === 0 ? [] : [{ role: ['host'], details }];
  });
}

function softwareOf(software: JsonObject): JsonObject[] {
  const code = textAt(software, 'name');
  if (code === null) return [];
  const name =
    code === 'other'
      ? textAt(software, 'name_other')
      : (softwareNames[code] ?? labelOf(software, 'name', code, code));
  const entry = compact({ name, version: textAt(software, 'version') });
  return Object.keys(entry).length === 0 ? [] : [entry];
}

function policiesOf(given: JsonObject, findings: Findings): JsonObject[] {
  return objectsAt(given, 'policy_urls')
    .map((policy) =>
      compact({
        policy_type: capitalised(textAt(policy, 'type'))[0] ?? null,
        url: findings.url('policy_url', textAt(policy, 'policy_url')),
      }),
    )
    .filter((policy) => Object.keys(policy).length > 0);
}

function statusOf(status: string | null): string | null {
  return status === 'fully_functional' ? 'Operational' : (capitalised(status)[0] ?? null);
}

const capitalised = (text: string | null): string[] =>
  text === null ? [] : [text.charAt(0).toUpperCase() + text.slice(1)];

/** The label that the sibling `<field>_phrases` gives for a code; else the code in words. */
function labelOf(parent: JsonObject, field: string, code: string, fallback = words(code)): string {
  const phrase = objectsAt(parent, `${field}_phrases`).find(({ value }) => value === code);
  return textAt(phrase ?? {}, 'phrase') ?? fallback;
}

const words = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');

function timeOf(text: string | null): string | null {
  if (text === null) return null;
  const time = Date.parse(`${text.replace(' ', 'T').slice(0, 19)}Z`);
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19)}Z` : null;
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const objectAt = (parent: JsonObject, name: string): JsonObject => objectOf(parent[name]);
const objectsAt = (parent: JsonObject, name: string): JsonObject[] => {
  const value = parent[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
const textsAt = (parent: JsonObject, name: string): string[] => {
  const value = parent[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

function textAt(parent: JsonObject, name: string): string | null {
  const value = parent[name];
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}
