import type { JsonObject, SearchRequest } from 'almanac/client';
import { type FacetName, facets } from './facets.ts';
import { pageSize, type SearchState } from './state.ts';

const name = 'register.metadata.record.name';
const organisation = 'register.organisation.details.name';

/** The query object of a search: what is found before any facet narrows it. Tombstones are never found. */
export function queryOf({ q, in: scope }: Pick<SearchState, 'q' | 'in'>): JsonObject {
  const mustNot = [{ exists: { field: 'register.deleted' } }];
  if (q === '') return { bool: { must_not: mustNot } };
  const operator = { default_operator: 'AND' };
  const fields = scope === 'name' ? [name, 'register.metadata.record.acronym'] : [organisation];
  const must: JsonObject =
    scope === 'advanced'
      ? { query_string: { query: q, ...operator } }
      : {
          simple_query_string: { query: q, ...operator, fields: scope === 'everything' ? ['_all'] : fields },
        };
  return { bool: { must: [must], must_not: mustNot } };
}

/** One of the chosen values within a facet, all facets together; null when nothing is chosen. */
export function filterOf(chosen: SearchState['chosen'], except?: FacetName): JsonObject | null {
  const filters = facets.flatMap(({ name: facet, field }) => {
    const values = chosen[facet];
    return values === undefined || facet === except ? [] : [{ terms: { [`${field}.exact`]: values } }];
  });
  return filters.length === 0 ? null : { bool: { must: filters } };
}

/** Counts for each facet under all choices but its own, so that another value of it can be added. */
export function facetsOf(state: SearchState, size = 9, sizeOfChosen = 1_000): JsonObject {
  return Object.fromEntries(
    facets.map(({ name: facet, field }) => {
      const filter = filterOf(state.chosen, facet);
      // Of a facet with choices all values, since each choice stays in sight with its number.
      const ofChosen = state.chosen[facet] === undefined ? 0 : sizeOfChosen;
      // One more than is shown tells whether there are more.
      const ofMore = state.more === facet ? state.values + 1 : 0;
      const terms = { field, size: Math.max(size, ofChosen, ofMore) };
      return [facet, { terms, ...(filter !== null && { facet_filter: filter }) }];
    }),
  );
}

const orders: Record<SearchState['sort'], JsonObject[] | null> = {
  relevance: null,
  name: [{ [name]: { order: 'asc' } }],
  organisation: [{ [organisation]: { order: 'asc' } }, { [name]: { order: 'asc' } }],
  added: [{ created_date: { order: 'desc' } }],
  updated: [{ last_updated: { order: 'desc' } }],
};

/** Of a record, what lists and tables show. */
export const shownFields = [
  'register.metadata',
  'register.operational_status',
  'register.software',
  'register.organisation.details.name',
  'register.organisation.details.url',
  'register.api',
  'register.policy.policy_type',
  'admin.linkcheck.state',
  'created_date',
  'last_updated',
];

/** The order of a search, as a part of its request. */
export function ordersOf({ sort }: Pick<SearchState, 'sort'>): Pick<SearchRequest, 'sort'> {
  const order = orders[sort];
  return order === null ? {} : { sort: order };
}

export interface Wanted {
  size: number;
  facets: boolean;
}

export function requestOf(state: SearchState, { size, facets: counted }: Wanted): SearchRequest {
  const filter = filterOf(state.chosen);
  return {
    query: queryOf(state),
    ...(filter !== null && { post_filter: filter }),
    ...ordersOf(state),
    from: (state.page - 1) * pageSize,
    size,
    _source: shownFields,
    ...(counted && { facets: facetsOf(state) }),
  };
}
