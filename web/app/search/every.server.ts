import type { AlmanacClient, RegistryRecord } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { type Entry, entryOf } from './entry.ts';
import { translated } from './find.server.ts';
import { facetNamer } from './names.server.ts';
import { filterOf, ordersOf, queryOf } from './request.ts';
import type { SearchState } from './state.ts';

/** Everything a search finds, as whole records, page by page. */
export function everyRecord(api: AlmanacClient, state: SearchState): AsyncGenerator<RegistryRecord> {
  const filter = filterOf(state.chosen);
  return api.registry.search({
    query: queryOf(state),
    ...(filter !== null && { post_filter: filter }),
    ...ordersOf(state),
  });
}

/** The same as lines of a list. */
export async function* everyEntry(api: AlmanacClient, state: SearchState, lang: Lang): AsyncGenerator<Entry> {
  const nameOf = await facetNamer(api, lang);
  for await (const record of everyRecord(api, state)) {
    yield translated(entryOf({ _id: record.id, _score: null, _source: record }, lang), nameOf);
  }
}
