import {
  defaultMetadata,
  entriesOf,
  isObject,
  type Json,
  type JsonObject,
  objectOf,
  textOf,
  textsOf,
} from '../../model/record.ts';
import type { FeedRecord } from '../feeds.store.ts';
import { xmlElement } from '../xml-text.ts';

export interface MetadataFormat {
  prefix: string;
  schema: string;
  namespace: string;
  write(record: FeedRecord): string;
}

const schemaInstance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** The formats of `/oai` (registry.md §6). */
export function metadataFormats(baseUrl: string): MetadataFormat[] {
  return [
    {
      prefix: 'oai_dc',
      schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
      namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
      write: dublinCore,
    },
    {
      prefix: 'oarr',
      schema: `${baseUrl}/schemas/register`,
      namespace: 'urn:almanac:oarr:1',
      write: ({ register }) => `<register xmlns="urn:almanac:oarr:1">${elements(register)}</register>`,
    },
  ];
}

function dublinCore({ id, register }: FeedRecord): string {
  const record = defaultMetadata(register);
  const all = (name: string, ...values: (string | null)[]) =>
    [...new Set(values)].map((value) => xmlElement(`dc:${name}`, value)).join('');
  const organisations = entriesOf(register, 'organisation');
  const nameOf = (organisation: JsonObject) => textOf(objectOf(organisation, 'details'), 'name');
  return [
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" ',
    `${schemaInstance} xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">`,
    all('title', textOf(record, 'name')),
    all('creator', ...organisations.map(nameOf)),
    all('subject', ...textsOf(record, 'subject')),
    all('description', textOf(record, 'description')),
    all('publisher', ...organisations.map(nameOf)),
    all('date', textOf(record, 'established_date')),
    all('type', 'Repository', ...textsOf(record, 'repository_type')),
    all('format', ...entriesOf(register, 'software').map((software) => textOf(software, 'name'))),
    all('identifier', textOf(record, 'url'), `info:oarr:${id}`),
    all('language', ...textsOf(record, 'language_code')),
    all('coverage', textOf(record, 'country')),
    '</oai_dc:dc>',
  ].join('');
}

/** The register as elements of the same names, members of lists repeated. */
function elements(object: JsonObject): string {
  return Object.entries(object)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: Json): string {
  if (Array.isArray(value)) return value.map((member) => element(name, member)).join('');
  if (isObject(value)) return `<${name}>${elements(value)}</${name}>`;
  return xmlElement(name, value);
}

/** `setSpec`s of a record. */
export function setsOf(register: JsonObject): string[] {
  const records = entriesOf(register, 'metadata').map((entry) => objectOf(entry, 'record'));
  const sets = records.flatMap((record) => {
    const country = textOf(record, 'country_code');
    const types = textsOf(record, 'repository_type').map(typeSet);
    return [...(country === null ? [] : [`country:${country}`]), ...types.filter((set) => set !== null)];
  });
  return [...new Set(sets)];
}

/** The set of a repository type; null when the type has characters that may not stand in a `setSpec`. */
export function typeSet(type: string): string | null {
  const name = type.toLowerCase();
  return /^[a-z0-9._~!*'()-]+$/.test(name) ? `type:${name}` : null;
}
