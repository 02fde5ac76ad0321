import type { AlmanacClient } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { entryOf } from '../search/entry.ts';
import { facetNamer } from '../search/names.server.ts';
import { placesOf } from '../search/places.server.ts';
import { queryOf, shownFields } from '../search/request.ts';
import { readState } from '../search/state.ts';
import { ask } from '../server/ask.ts';
import type { PlaceMemory } from '../visitor.ts';

export interface Change {
  id: string;
  name: string;
  lang: string | null;
  country: string | null;
  date: string;
  kind: 'added' | 'changed';
}

const all = readState(new URLSearchParams());
const shownChanges = 8;

/** What this observatory holds, in figures, and what changed last. */
export async function readHoldings(api: AlmanacClient, memory: PlaceMemory, lang: Lang) {
  const [answer, usage, nameOf, places] = await ask(
    Promise.all([
      api.registry.query<unknown>({
        query: queryOf(all),
        sort: [{ last_updated: { order: 'desc' } }],
        _source: [...shownFields, 'ver'],
        size: shownChanges,
        aggs: { countries: { cardinality: { field: 'register.metadata.record.country_code' } } },
      }),
      api.usage.status(),
      facetNamer(api, lang),
      placesOf(api, memory, all, lang),
    ]),
  );
  const newest = answer.hits.hits.map((hit): Change => {
    const { id, name, lang: of, country, updated } = entryOf(hit, lang);
    const isNew = (hit._source as { ver?: number }).ver === 1;
    const named = country === null ? null : nameOf('country', country);
    return { id, name, lang: of, country: named, date: updated, kind: isNew ? 'added' : 'changed' };
  });
  const { total } = answer.hits;
  const figures = [
    { of: 'repositories', value: total },
    { of: 'countries', value: answer.aggregations?.countries?.value ?? 0 },
    { of: 'works', value: usage.works },
    { of: 'scholars', value: usage.scholars },
    { of: 'events', value: usage.events },
  ] as const;
  return { figures, newest, places };
}
