import type { AlmanacClient } from 'almanac/client';
import { i18n } from '../i18n.tsx';
import type { Lang } from '../messages/languages.ts';

export interface CountryChoice {
  code: string;
  name: string;
}

const known = new Map<Lang, CountryChoice[]>();

/**
 * All countries by their names in a language, in its order. Named here and not in the browser, which calls some otherwise:
 * the page must not change under the reader. Sorting 250 names takes as long as the rest of a page; the list stays the
 * same while a server runs.
 */
export async function countryChoices(api: AlmanacClient, lang: Lang): Promise<CountryChoice[]> {
  const found = known.get(lang);
  if (found !== undefined) return found;
  const { country } = i18n(lang);
  const { compare } = new Intl.Collator(lang);
  const choices = (await api.registry.vocabulary('country'))
    .flatMap(({ code }) => (code === undefined ? [] : [{ code, name: country(code) }]))
    .sort((one, other) => compare(one.name, other.name));
  known.set(lang, choices);
  return choices;
}
