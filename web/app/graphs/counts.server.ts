import type { AlmanacClient } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { type FacetName, facets } from '../search/facets.ts';
import { facetNamer } from '../search/names.server.ts';
import { filterOf, queryOf } from '../search/request.ts';
import { ask } from '../server/ask.ts';
import { type Growth, growthOf } from './growth.ts';
import type { GraphState } from './state.ts';

export interface Count {
  value: string;
  name: string;
  count: number;
}

export interface FacetCounts {
  facet: FacetName;
  counts: Count[];
  /** Records that have a value not shown; one record may have several. */
  other: number;
  /** Records without any value. */
  missing: number;
}

export interface Graphs {
  /** Records found. */
  total: number;
  facets: FacetCounts[];
  growth: Growth[];
}

interface TermsAnswer {
  terms: { term: string; count: number }[];
  other: number;
  missing: number;
}

/** What is found, counted by each facet wanted, and by the year of foundation. */
export async function readGraphs(api: AlmanacClient, state: GraphState, lang: Lang): Promise<Graphs> {
  const wanted = facets.filter(({ name }) => state.facet === null || state.facet === name);
  const filter = filterOf(state.search.chosen);
  const query = queryOf(state.search);
  const termsOf = (field: string, size: number) => ({ terms: { field, size } });
  const [answer, nameOf] = await ask(
    Promise.all([
      api.registry.query<unknown>({
        query: filter === null ? query : { bool: { must: [query], filter: [filter] } },
        size: 0,
        facets: {
          ...Object.fromEntries(wanted.map(({ name, field }) => [name, termsOf(field, state.top)])),
          established: termsOf('register.metadata.record.established_date', 0),
        },
      }),
      facetNamer(api, lang),
    ]),
  );
  const answers = (answer.facets ?? {}) as unknown as Record<string, TermsAnswer>;
  const counted = wanted.flatMap(({ name }): FacetCounts[] => {
    const { terms = [], other = 0, missing = 0 } = answers[name] ?? {};
    const counts = terms.map(({ term, count }) => ({
      value: String(term),
      name: nameOf(name, String(term)),
      count,
    }));
    return [{ facet: name, counts, other, missing }];
  });
  const growth = growthOf(answers.established?.terms ?? []);
  return { total: answer.hits.total, facets: counted, growth };
}
