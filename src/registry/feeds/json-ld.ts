import {
  defaultMetadata,
  entriesOf,
  type JsonObject,
  objectOf,
  type RegistryRecord,
  textOf,
  textsOf,
} from '../model/record.ts';

/** A record as a `DataCatalog` of schema.org. */
export function jsonLd(
  { id, register, created_date: created, last_updated: updated }: RegistryRecord,
  baseUrl: string,
): JsonObject {
  const metadata = defaultMetadata(register);
  const organisations = entriesOf(register, 'organisation').map((organisation) => {
    const details = objectOf(organisation, 'details');
    return present({ '@type': 'Organization', name: textOf(details, 'name'), url: textOf(details, 'url') });
  });
  return present({
    '@context': 'https://schema.org/',
    '@type': 'DataCatalog',
    '@id': `${baseUrl}/record/${id}`,
    identifier: `info:oarr:${id}`,
    name: textOf(metadata, 'name'),
    alternateName: textOf(metadata, 'acronym'),
    description: textOf(metadata, 'description'),
    url: textOf(metadata, 'url'),
    inLanguage: textsOf(metadata, 'language_code'),
    keywords: textsOf(metadata, 'subject'),
    foundingDate: textOf(metadata, 'established_date'),
    countryOfOrigin: textOf(metadata, 'country'),
    publisher: organisations,
    dateCreated: created,
    dateModified: updated,
  });
}

function present(fields: Record<string, JsonObject[string] | null>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
