import { type AlmanacClient, AlmanacError, type JsonObject } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { ask } from '../server/ask.ts';
import { type Entry, entryOf } from './entry.ts';
import type { FacetValues } from './facet-panel.tsx';
import { type FacetName, facetNames, facets } from './facets.ts';
import { facetNamer } from './names.server.ts';
import { requestOf, type Wanted } from './request.ts';
import { pageSize, type SearchState } from './state.ts';
import { joinTerm } from './terms.ts';

export interface Found {
  total: number;
  entries: Entry[];
  facets: FacetValues;
  /** Names of the chosen values. */
  names: Partial<Record<FacetName, Record<string, string>>>;
  /** What cannot be read in the query. */
  fault: string | null;
}

const shownValues = 8;

/** Asks the API what a search finds. A query that cannot be read finds nothing and says why. */
export async function find(
  api: AlmanacClient,
  state: SearchState,
  lang: Lang,
  wanted: Wanted = { size: pageSize, facets: true },
): Promise<Found> {
  const nameOf = await ask(facetNamer(api, lang));
  const names = Object.fromEntries(
    facetNames.map((facet) => [
      facet,
      Object.fromEntries((state.chosen[facet] ?? []).map((value) => [value, nameOf(facet, value)])),
    ]),
  );
  try {
    const answer = await api.registry.query<unknown>(requestOf(state, wanted));
    const entries = answer.hits.hits.map((hit) => translated(entryOf(hit, lang), nameOf));
    return {
      total: answer.hits.total,
      entries,
      facets: answer.facets === undefined ? {} : valuesOf(answer.facets, state, nameOf),
      names,
      fault: null,
    };
  } catch (error) {
    if (!(error instanceof AlmanacError) || error.status !== 400) throw await ask(Promise.reject(error));
    const fault = error.problem.errors[0]?.message ?? error.problem.detail ?? '';
    return { total: 0, entries: [], facets: {}, names, fault };
  }
}

export type Namer = (facet: FacetName, value: string) => string;

export function translated(entry: Entry, nameOf: Namer): Entry {
  const all = (facet: FacetName, values: string[]) => values.map((value) => nameOf(facet, value));
  return {
    ...entry,
    // The original goes along: the colour goes by it.
    status: entry.status === null ? null : joinTerm(entry.status, nameOf('operational_status', entry.status)),
    country: entry.country === null ? null : nameOf('country', entry.country),
    languages: all('language', entry.languages),
    contents: all('content_type', entry.contents),
    types: all('repository_type', entry.types),
    subjects: all('subject', entry.subjects),
    policies: all('policy_type', entry.policies),
  };
}

function valuesOf(answers: Record<string, JsonObject>, state: SearchState, nameOf: Namer): FacetValues {
  return Object.fromEntries(
    facets.map(({ name }) => {
      const { terms = [] } = (answers[name] ?? {}) as { terms?: { term: string; count: number }[] };
      const most = state.more === name ? state.values : shownValues;
      const listed = terms.slice(0, most);
      // A choice stays in sight, so that it can be taken back where it was made.
      const lost = (state.chosen[name] ?? []).filter((value) => !listed.some(({ term }) => term === value));
      const values = [
        ...listed,
        ...lost.map((term) => ({ term, count: terms.find((one) => one.term === term)?.count ?? 0 })),
      ];
      return [
        name,
        {
          values: values.map(({ term, count }) => ({ value: term, name: nameOf(name, String(term)), count })),
          hasMore: terms.length > most,
        },
      ];
    }),
  );
}
