import { continentNames, countries } from './countries.ts';
import {
  type Field,
  type Fields,
  mostCharacters,
  mostMembers,
  registerFields,
  relationTypes,
  type Scalar,
} from './fields.ts';
import type { Json, JsonObject } from './record.ts';

const text = { type: ['string', 'number'], maxLength: mostCharacters.scalar };
const degrees = (most: number): JsonObject => ({
  anyOf: [
    { type: 'number', minimum: -most, maximum: most },
    { type: 'string', pattern: '^\\s*([+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)?\\s*$' },
  ],
});
/** The word itself in any case. */
const anyCase = (codes: Iterable<string>): string =>
  `^\\s*(${[...codes].map((code) => code.replace(/[A-Z]/g, (c) => `[${c}${c.toLowerCase()}]`)).join('|')})?\\s*$`;

const scalars: Record<Scalar, JsonObject> = {
  scalar: text,
  description: { ...text, maxLength: mostCharacters.description },
  url: { type: 'string', pattern: '^\\s*([hH][tT][tT][pP][sS]?://[^\\s/]\\S*)?\\s*$' },
  uri: { type: 'string', format: 'uri' },
  record: { type: 'string', pattern: '^info:oarr:[0-9a-f]{32}$' },
  boolean: { type: 'boolean' },
  latitude: degrees(90),
  longitude: degrees(180),
  'partial-date': { type: ['string', 'integer'], pattern: '^\\s*(\\d{4}(-\\d{2}(-\\d{2})?)?)?\\s*$' },
  timestamp: { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?)?$' },
  'country-code': { type: 'string', pattern: anyCase(countries.keys()) },
  'continent-code': { type: 'string', pattern: anyCase(continentNames.keys()) },
  continent: { enum: ['', ...continentNames.values()] },
  'language-tag': { type: 'string', description: 'BCP 47' },
  'language-code': {
    type: 'string',
    pattern: '^\\s*([A-Za-z]{2,3})?\\s*$',
    description: 'ISO 639-1, or 639-2/3 where 639-1 has none',
  },
  'relation-type': { enum: ['', ...relationTypes] },
  server: { not: {}, description: 'Set by the server: the time at which the record was deleted' },
};

function schemaOf(field: Field): JsonObject {
  if (field.kind === 'object') return objectSchema(field.fields);
  if (field.kind !== 'list') return scalars[field.kind];
  const items = schemaOf(field.of);
  return {
    type: 'array',
    maxItems: mostMembers,
    items: field.of.kind === 'object' ? items : { ...items, ...('type' in items && { type: 'string' }) },
  };
}

function objectSchema(fields: Fields): JsonObject {
  const properties: Record<string, Json> = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]),
  );
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    ...('lat' in fields && { dependentRequired: { lat: ['lon'], lon: ['lat'] } }),
  };
}

/** The register's schema as JSON Schema 2020-12: what may be sent. */
export function registerJsonSchema(id: string): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: 'The register part of a record',
    description:
      'Nothing is required. Empty strings, lists and objects are dropped. Beyond this schema: metadata entries have distinct ' +
      'languages and, when there are several, one default; metadata_formats belong to oai-pmh, accepts and accept_packaging to sword.',
    ...objectSchema(registerFields),
  };
}
