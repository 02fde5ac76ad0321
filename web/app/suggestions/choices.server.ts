import type { AlmanacClient } from 'almanac/client';
import { i18n } from '../i18n.tsx';
import type { Lang } from '../messages/languages.ts';

export interface Choices {
  countries: { code: string; name: string }[];
  software: string[];
  statuses: string[];
}

const softwareField = 'register.software.name';

/** What the form offers: countries by code, the software most in use, the states of a repository. */
export async function choices(api: AlmanacClient, lang: Lang): Promise<Choices> {
  const [countries, statuses, answer] = await Promise.all([
    api.registry.vocabulary('country'),
    api.registry.vocabulary('operational_status'),
    api.registry.query({ size: 0, aggs: { software: { terms: { field: softwareField, size: 40 } } } }),
  ]);
  return {
    // Named and sorted here: browsers name some countries otherwise, and the page must not change under the reader.
    countries: countries
      .flatMap(({ code }) => (code === undefined ? [] : [{ code, name: i18n(lang).country(code) }]))
      .sort((one, other) => one.name.localeCompare(other.name, lang)),
    statuses: statuses.map(({ term }) => term),
    software: bucketKeys(answer.aggregations?.software),
  };
}

function bucketKeys(aggregation: unknown): string[] {
  const { buckets } = (aggregation ?? {}) as { buckets?: { key: string }[] };
  return (buckets ?? []).map(({ key }) => key);
}
