// The register's schema as data (registry.md §1.1): validation, normalisation and the published JSON Schema all read it.

export type Scalar =
  /** A string, or a number kept as it is. */
  | 'scalar'
  | 'description'
  /** Absolute http(s). */
  | 'url'
  /** Any absolute URI. */
  | 'uri'
  /** `info:oarr:<id>` */
  | 'record'
  | 'boolean'
  | 'latitude'
  | 'longitude'
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  | 'partial-date'
  | 'timestamp'
  | 'country-code'
  | 'continent-code'
  | 'continent'
  /** BCP 47. */
  | 'language-tag'
  | 'language-code'
  | 'relation-type'
  /** Set by the server only. */
  | 'server';

export type Field = { kind: Scalar } | { kind: 'object'; fields: Fields } | { kind: 'list'; of: Field };

export type Fields = Readonly<Record<string, Field>>;

const is = (kind: Scalar): Field => ({ kind });
const listOf = (of: Field): Field => ({ kind: 'list', of });
const object = (fields: Fields): Field => ({ kind: 'object', fields });
const all = (kind: Scalar, ...names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, is(kind)]));

const place = { lat: is('latitude'), lon: is('longitude') };

const metadataRecord: Fields = {
  ...all('scalar', 'name', 'acronym'),
  description: is('description'),
  url: is('url'),
  twitter: is('scalar'),
  established_date: is('partial-date'),
  country: is('scalar'),
  country_code: is('country-code'),
  continent: is('continent'),
  continent_code: is('continent-code'),
  policy_url: is('url'),
  ...place,
  language: listOf(is('scalar')),
  language_code: listOf(is('language-code')),
  subject: listOf(is('scalar')),
  repository_type: listOf(is('scalar')),
  certification: listOf(is('scalar')),
  content_type: listOf(is('scalar')),
  classification: listOf(object(all('scalar', 'scheme', 'term', 'code'))),
};

const dates = all('timestamp', 'created_date', 'last_modified');

export const registerFields: Fields = {
  replaces: is('record'),
  isreplacedby: is('record'),
  operational_status: is('scalar'),
  deleted: is('server'),
  metadata: listOf(
    object({ lang: is('language-tag'), default: is('boolean'), record: object(metadataRecord) }),
  ),
  software: listOf(object({ ...all('scalar', 'name', 'version'), url: is('url') })),
  contact: listOf(
    object({
      role: listOf(is('scalar')),
      details: object({
        ...all('scalar', 'id', 'name', 'email', 'address', 'fax', 'phone', 'job_title'),
        ...place,
      }),
      ...dates,
    }),
  ),
  organisation: listOf(
    object({
      role: listOf(is('scalar')),
      details: object({
        ...all('scalar', 'id', 'name', 'acronym', 'address', 'unit', 'unit_acronym', 'country'),
        url: is('url'),
        unit_url: is('url'),
        country_code: is('country-code'),
        ...place,
        identifier: listOf(object(all('scalar', 'scheme', 'value'))),
      }),
      ...dates,
    }),
  ),
  policy: listOf(
    object({
      ...all('scalar', 'policy_type', 'policy_grade'),
      description: is('description'),
      url: is('url'),
      terms: listOf(is('scalar')),
    }),
  ),
  api: listOf(
    object({
      ...all('scalar', 'api_type', 'version'),
      base_url: is('url'),
      authenticated: is('boolean'),
      metadata_formats: listOf(object(all('scalar', 'prefix', 'namespace', 'schema'))),
      accepts: listOf(is('scalar')),
      accept_packaging: listOf(is('scalar')),
    }),
  ),
  integration: listOf(
    object({ ...all('scalar', 'integrated_with', 'nature', 'software', 'version'), url: is('url') }),
  ),
  identifier: listOf(object(all('scalar', 'scheme', 'value'))),
  relation: listOf(object({ type: is('relation-type'), target: is('uri') })),
};

export const relationTypes = ['predecessor', 'successor', 'mirror', 'part_of'] as const;

/** Characters of a string. */
export const mostCharacters = { scalar: 10_000, description: 100_000 } as const;

/** Members of a list. */
export const mostMembers = 1_000;
