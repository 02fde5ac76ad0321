import {
  defaultMetadata,
  entriesOf,
  type JsonObject,
  objectOf,
  type RegistryRecord,
  textOf,
  textsOf,
} from '../../registry/index.ts';

/** One column of the register as a table. Times are `YYYY-MM-DDTHH:MM:SSZ`; null where the record says nothing. */
export type Column = { name: string; meaning: string } & (
  | { kind: 'text' | 'time'; of(record: RegistryRecord): string | null }
  | { kind: 'integer' | 'number'; of(record: RegistryRecord): number | null }
  | { kind: 'list'; of(record: RegistryRecord): string[] }
  | { kind: 'json'; of(record: RegistryRecord): JsonObject }
);

/**
 * What a reader of tables asks for first, each from the default language; at the end the whole record as JSON, so that
 * a table loses nothing that `/dump` has.
 */
export const columns: readonly Column[] = [
  { name: 'id', meaning: 'identifier of the record', kind: 'text', of: ({ id }) => id },
  time('created_date', 'when the record was made'),
  time('last_updated', 'when anything of it changed last'),
  time('version_created', 'when its register part changed last'),
  { name: 'ver', meaning: 'version of its register part', kind: 'integer', of: ({ ver }) => ver },
  {
    name: 'deleted',
    meaning: 'when it was deleted; empty: it is not',
    kind: 'time',
    of: ({ register }) => textOf(register, 'deleted'),
  },
  {
    name: 'operational_status',
    meaning: 'Operational, Trial, Broken …',
    kind: 'text',
    of: ({ register }) => textOf(register, 'operational_status'),
  },
  text('name', 'name of the repository'),
  text('acronym', 'its acronym'),
  text('description', 'what it says of itself'),
  text('url', 'its home page'),
  text('established_date', 'since when it exists: year, month or day'),
  text('country_code', 'country, ISO 3166-1'),
  text('country', 'name of the country'),
  text('continent_code', 'AF AN AS EU NA OC SA'),
  coordinate('lat', 'degrees north'),
  coordinate('lon', 'degrees east'),
  list('language_code', 'languages of its content, ISO 639'),
  list('repository_type', 'Institutional, Disciplinary …'),
  list('content_type', 'Journal articles, Datasets …'),
  list('subject', 'subjects'),
  list('certification', 'certificates it holds'),
  {
    name: 'software',
    meaning: 'names of its software',
    kind: 'list',
    of: ({ register }) => present(entriesOf(register, 'software').map((one) => textOf(one, 'name'))),
  },
  {
    name: 'organisation',
    meaning: 'names of its organisations',
    kind: 'list',
    of: ({ register }) =>
      present(entriesOf(register, 'organisation').map((one) => textOf(objectOf(one, 'details'), 'name'))),
  },
  {
    name: 'oai_pmh',
    meaning: 'base URLs of its OAI-PMH interfaces',
    kind: 'list',
    of: ({ register }) =>
      present(
        entriesOf(register, 'api')
          .filter((api) => textOf(api, 'api_type') === 'oai-pmh')
          .map((api) => textOf(api, 'base_url')),
      ),
  },
  { name: 'register', meaning: 'its register part, JSON', kind: 'json', of: ({ register }) => register },
  { name: 'admin', meaning: 'admin data by third party, JSON', kind: 'json', of: ({ admin }) => admin },
];

function time(name: 'created_date' | 'last_updated' | 'version_created', meaning: string): Column {
  return { name, meaning, kind: 'time', of: (record) => record[name] };
}

function text(name: string, meaning: string): Column {
  return { name, meaning, kind: 'text', of: ({ register }) => textOf(defaultMetadata(register), name) };
}

function list(name: string, meaning: string): Column {
  return { name, meaning, kind: 'list', of: ({ register }) => textsOf(defaultMetadata(register), name) };
}

function coordinate(name: 'lat' | 'lon', meaning: string): Column {
  return {
    name,
    meaning,
    kind: 'number',
    of: ({ register }) => {
      const value = defaultMetadata(register)[name];
      return typeof value === 'number' ? value : null;
    },
  };
}

const present = (texts: (string | null)[]): string[] => texts.filter((one) => one !== null);
