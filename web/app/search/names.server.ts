import type { AlmanacClient } from 'almanac/client';
import { i18n } from '../i18n.tsx';
import type { Lang } from '../messages/languages.ts';
import { termIn } from '../messages/terms.server.ts';
import type { FacetName } from './facets.ts';

type Codes = Map<string, string>;
let known: Promise<{ country: Codes; language: Codes }> | null = null;

/**
 * How a value of a facet is called in a language: countries and languages by their codes, terms of the vocabularies by
 * our own translations, everything else as it is.
 */
export async function facetNamer(
  api: AlmanacClient,
  lang: Lang,
): Promise<(facet: FacetName, value: string) => string> {
  known ??= readCodes(api);
  let codes: Awaited<NonNullable<typeof known>>;
  try {
    codes = await known;
  } catch (error) {
    // The next page asks again.
    known = null;
    throw error;
  }
  const { country, language } = i18n(lang);
  return (facet, value) => {
    if (lang === 'en') return value;
    if (facet === 'country') return named(codes.country.get(value), country) ?? value;
    if (facet === 'language') return named(codes.language.get(value), language) ?? value;
    return termIn(lang, value);
  };
}

function named(code: string | undefined, nameOf: (code: string) => string): string | null {
  if (code === undefined) return null;
  const name = nameOf(code);
  return name === code ? null : name;
}

/** Names do not change while a server runs. */
async function readCodes(api: AlmanacClient) {
  const [country, language] = await Promise.all([
    api.registry.vocabulary('country'),
    api.registry.vocabulary('language'),
  ]);
  const byName = (terms: typeof country): Codes =>
    new Map(terms.flatMap(({ term, code }) => (code === undefined ? [] : [[term, code] as const])));
  return { country: byName(country), language: byName(language) };
}
