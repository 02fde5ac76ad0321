import type { Hit, Json } from 'almanac/client';

/** A record as a line of a list. Absent values are null or empty. */
export interface Entry {
  id: string;
  name: string;
  acronym: string | null;
  url: string | null;
  description: string | null;
  /** Language of name and description. */
  lang: string | null;
  status: string | null;
  country: string | null;
  countryCode: string | null;
  languages: string[];
  languageCodes: string[];
  contents: string[];
  types: string[];
  subjects: string[];
  organisations: string[];
  software: string[];
  apis: { type: string; url: string | null }[];
  policies: string[];
  established: string | null;
  health: string | null;
  added: string;
  updated: string;
}

/** Reads what `shownFields` asks for. Names are given in `lang` where the record has them. */
export function entryOf({ _id: id, _source: source }: Hit<unknown>, lang: string): Entry {
  const register = child(source, 'register');
  const metadata = list(child(register, 'metadata'));
  const main = metadata.find((one) => child(one, 'default') === true) ?? metadata[0];
  const own = metadata.find((one) => text(child(one, 'lang'))?.split('-')[0] === lang);
  const record = child(main, 'record');
  const ownRecord = child(own, 'record');
  const said = (name: string) => text(child(ownRecord, name)) ?? text(child(record, name));
  const inOwn = own !== undefined && text(child(ownRecord, 'name')) !== null;
  return {
    id,
    name: said('name') ?? said('url') ?? id,
    acronym: said('acronym'),
    url: said('url'),
    description: said('description'),
    lang: text(child(inOwn ? own : main, 'lang')),
    status: text(child(register, 'operational_status')),
    country: text(child(record, 'country')),
    countryCode: text(child(record, 'country_code')),
    languages: texts(child(record, 'language')),
    languageCodes: texts(child(record, 'language_code')),
    contents: texts(child(record, 'content_type')),
    types: texts(child(record, 'repository_type')),
    subjects: texts(child(record, 'subject')),
    organisations: list(child(register, 'organisation')).flatMap((one) => named(child(one, 'details'))),
    software: list(child(register, 'software')).flatMap((one) =>
      named(one).map((name) => [name, text(child(one, 'version'))].filter(Boolean).join(' ')),
    ),
    apis: list(child(register, 'api')).flatMap((one) => {
      const type = text(child(one, 'api_type'));
      return type === null ? [] : [{ type, url: text(child(one, 'base_url')) }];
    }),
    policies: [
      ...new Set(list(child(register, 'policy')).flatMap((one) => text(child(one, 'policy_type')) ?? [])),
    ],
    established: text(child(record, 'established_date')),
    health: text(child(child(child(source, 'admin'), 'linkcheck'), 'state')),
    added: text(child(source, 'created_date')) ?? '',
    updated: text(child(source, 'last_updated')) ?? '',
  };
}

function child(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown) => list(value).flatMap((one) => text(one) ?? []);
const named = (value: unknown) => texts([child(value, 'name') as Json]);

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * The first `length` characters, cut between words where that is possible; null when the text is no longer. Never half
 * of a character: UTF-8 cannot carry it, and the browser would see another text than the server wrote.
 */
export function beginning(whole: string, length: number): string | null {
  if (whole.length <= length) return null;
  const end = /[\uD800-\uDBFF]/.test(whole[length - 1] ?? '') ? length - 1 : length;
  const cut = whole.slice(0, end);
  const blank = cut.lastIndexOf(' ');
  return `${(blank > length / 2 ? cut.slice(0, blank) : cut).trimEnd()}…`;
}
