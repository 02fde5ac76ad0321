import type { AlmanacClient } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { type CountryChoice, countryChoices } from '../search/country-choices.server.ts';

export interface Choices {
  countries: CountryChoice[];
  software: string[];
  statuses: string[];
}

const softwareField = 'register.software.name';

/** What the form offers: countries by code, the software most in use, the states of a repository. */
export async function choices(api: AlmanacClient, lang: Lang): Promise<Choices> {
  const [countries, statuses, answer] = await Promise.all([
    countryChoices(api, lang),
    api.registry.vocabulary('operational_status'),
    api.registry.query({ size: 0, aggs: { software: { terms: { field: softwareField, size: 40 } } } }),
  ]);
  return {
    countries,
    statuses: statuses.map(({ term }) => term),
    software: bucketKeys(answer.aggregations?.software),
  };
}

function bucketKeys(aggregation: unknown): string[] {
  const { buckets } = (aggregation ?? {}) as { buckets?: { key: string }[] };
  return (buckets ?? []).map(({ key }) => key);
}
