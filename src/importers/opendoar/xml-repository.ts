import { decodeHTMLStrict } from 'entities';
import type { JsonObject } from '../../client/index.ts';
import { child, childrenOf, descendants, type XmlElement } from '../../platform/xml/index.ts';
import { shortHash } from '../registry/import-repositories.ts';
import {
  type Codes,
  compact,
  createFindings,
  type MappedRepository,
  united,
} from '../registry/repository.ts';
import { policyItems } from './policy-items.ts';

/** The text of a child, with the second layer of escapes taken off; null when it is absent, empty or `-`. */
function textOf(element: XmlElement | undefined, name: string): string | null {
  return contentOf(element === undefined ? undefined : child(element, name));
}

function contentOf(element: XmlElement | undefined): string | null {
  const text = decodeHTMLStrict(element?.text ?? '').trim();
  return text === '' || text === '-' ? null : text;
}

const valuesOf = (elements: XmlElement[]): string[] =>
  elements.map(contentOf).filter((value) => value !== null);

/** Maps a `repository` of OpenDOAR's XML (api13) to the register; registry.md §7. */
export function mapXmlRepository(repository: XmlElement, codes: Codes): MappedRepository {
  const rid = Number(repository.attributes.rID);
  const text = (name: string) => textOf(repository, name);
  const findings = createFindings(codes);
  const country = findings.country('cIsoCode', textOf(child(repository, 'country'), 'cIsoCode'));
  const classes = descendants(repository, 'class').map((one) => ({
    code: textOf(one, 'clCode'),
    title: textOf(one, 'clTitle'),
  }));
  const policies = readPolicies(repository, codes);
  const languageCodes = descendants(repository, 'language').map((one) => textOf(one, 'lIsoCode'));
  const record = compact({
    name: text('rName'),
    acronym: text('rAcronym'),
    url: findings.url('rUrl', text('rUrl')),
    description: [text('rDescription'), text('rRemarks')].filter((part) => part !== null).join(' '),
    established_date: findings.established('rYearEstablished', text('rYearEstablished')),
    country_code: country,
    language_code: united(findings.languages('lIsoCode', languageCodes), policies.fields.language_code ?? []),
    repository_type: united(
      valuesOf(childrenOf(repository, 'repositoryType')),
      policies.fields.repository_type ?? [],
    ),
    content_type: united(
      valuesOf(descendants(repository, 'contentType')),
      policies.fields.content_type ?? [],
    ),
    subject: united(
      classes.map(({ title }) => title).filter((title) => title !== null),
      policies.fields.subject ?? [],
    ),
    classification: classes
      .filter(({ code, title }) => code !== null || title !== null)
      .map(({ code, title }) => compact({ scheme: 'opendoar', term: title, code })),
  });
  const oaiUrl = findings.url('rOaiBaseUrl', text('rOaiBaseUrl'));
  const register = compact({
    operational_status: text('operationalStatus'),
    metadata: [compact({ lang: 'en', default: true, record })],
    software: listOf(compact({ name: text('rSoftWareName'), version: text('rSoftWareVersion') })),
    contact: readContacts(repository),
    organisation: readOrganisation(repository, country, findings),
    policy: policies.list,
    api: oaiUrl === null ? [] : [{ api_type: 'oai-pmh', base_url: oaiUrl }],
    identifier: [{ scheme: 'opendoar', value: String(rid) }],
  });
  return {
    id: rid,
    register,
    admin: compact({ rid, in_opendoar: true, invalid: findings.invalid }),
    statistics: readCount(text('rNumOfItems'), text('rDateHarvested')),
  };
}

const listOf = (entry: JsonObject): JsonObject[] => (Object.keys(entry).length === 0 ? [] : [entry]);

function readOrganisation(
  repository: XmlElement,
  country: string | null,
  findings: ReturnType<typeof createFindings>,
): JsonObject[] {
  const text = (name: string) => textOf(repository, name);
  const details = compact({
    name: text('oName'),
    acronym: text('oAcronym'),
    url: findings.url('oUrl', text('oUrl')),
    unit: text('uName'),
    unit_acronym: text('uAcronym'),
    unit_url: findings.url('uUrl', text('uUrl')),
    country_code: country,
    ...findings.place(text('paLatitude'), text('paLongitude')),
  });
  return Object.keys(details).length === 0 ? [] : [{ role: ['host'], details }];
}

function readContacts(repository: XmlElement): JsonObject[] {
  const shared = { address: textOf(repository, 'postalAddress'), fax: textOf(repository, 'paFax') };
  const phone = textOf(repository, 'paPhone');
  const people = descendants(repository, 'person').map((person) => {
    const job = textOf(person, 'pJobTitle');
    const details = compact({
      name: textOf(person, 'pName'),
      email: textOf(person, 'pEmail'),
      job_title: job,
      phone: textOf(person, 'pPhone') ?? phone,
      ...shared,
    });
    return compact({ role: job === null ? [] : [job.toLowerCase()], details });
  });
  if (people.length > 0) return people;
  const details = compact({ ...shared, phone });
  return Object.keys(details).length === 0 ? [] : [{ role: ['general'], details }];
}

interface Policies {
  list: JsonObject[];
  /** What sentences say about the repository rather than its policies. */
  fields: Record<string, string[]>;
}

function readPolicies(repository: XmlElement, codes: Codes): Policies {
  const fields: Record<string, string[]> = {};
  const list = descendants(repository, 'policy').flatMap((policy) => {
    const terms: string[] = [];
    for (const item of valuesOf(descendants(policy, 'item'))) {
      const becomes = policyItems.get(shortHash(item));
      if (becomes === undefined) continue;
      if (becomes === 'keep') terms.push(item);
      else if (becomes.includes('=')) addFields(fields, becomes);
      else terms.push(codes.policyTerms.get(becomes) ?? item);
    }
    if (terms.length === 0) return [];
    const type = textOf(policy, 'policyType');
    return [
      compact({
        policy_type: type === 'Preserve' ? 'Preservation' : type,
        policy_grade: textOf(policy, 'policyGrade'),
        terms: united(terms),
      }),
    ];
  });
  return { list, fields };
}

function addFields(fields: Record<string, string[]>, text: string): void {
  for (const pair of text.split(';')) {
    const [name = '', values = ''] = pair.split('=');
    fields[name] = united(fields[name] ?? [], values.split('|'));
  }
}

function readCount(count: string | null, date: string | null): MappedRepository['statistics'] {
  const value = Number(count);
  if (count === null || !Number.isFinite(value)) return [];
  return [{ type: 'item_count', value, date: date !== null && isDay(date) ? date : null }];
}

/** Whether a text is a day that exists: `0000-00-00` occurs. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
