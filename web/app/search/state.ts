import { type FacetName, facetNames, isFacetName } from './facets.ts';

export const views = ['list', 'table', 'map'] as const;
export const sorts = ['relevance', 'name', 'organisation', 'added', 'updated'] as const;
export const scopes = ['everything', 'name', 'organisation', 'advanced'] as const;

export type View = (typeof views)[number];
export type Sort = (typeof sorts)[number];
export type Scope = (typeof scopes)[number];

/** All that a search is, as its address says it. */
export interface SearchState {
  q: string;
  /** Where `q` is looked for; `advanced`: `q` is a query string with fields and operators. */
  in: Scope;
  chosen: Partial<Record<FacetName, string[]>>;
  sort: Sort;
  view: View;
  /** From 1. */
  page: number;
  /** Columns of the table; empty: the usual ones. */
  columns: string[];
  /** The facet of which more values are shown, and how many: a register may hold thousands of organisations. */
  more: FacetName | null;
  values: (typeof steps)[number];
}

/** How many values of a facet are shown at each wish for more. */
export const steps = [100, 300, 1_000, 3_000, 10_000] as const;

export const pageSize = 25;
/** `/query` pages to here. */
export const lastPage = 100_000 / pageSize;

const longestQuery = 2_000;
const mostChosen = 50;

/** Reads an address; what it says wrongly counts as not said, so that any link shows something. */
export function readState(parameters: URLSearchParams): SearchState {
  const q = (parameters.get('q') ?? '').slice(0, longestQuery).toWellFormed().trim();
  const chosen: SearchState['chosen'] = {};
  for (const name of facetNames) {
    const values = [...new Set(parameters.getAll(name).filter((value) => value !== ''))].slice(0, mostChosen);
    if (values.length > 0) chosen[name] = values;
  }
  const more = parameters.get('more') ?? '';
  const page = Number(parameters.get('page') ?? 1);
  return {
    q,
    in: oneOf(scopes, parameters.get('in'), 'everything'),
    chosen,
    sort: oneOf(sorts, parameters.get('sort'), q === '' ? 'name' : 'relevance'),
    view: oneOf(views, parameters.get('view'), 'list'),
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage) : 1,
    columns: parameters.getAll('column'),
    more: isFacetName(more) ? more : null,
    values: steps.find((step) => String(step) === parameters.get('values')) ?? steps[0],
  };
}

/** The parameters of a search, the usual values left out; the same search has the same address. */
export function writeState(state: SearchState): URLSearchParams {
  const parameters = new URLSearchParams();
  if (state.q !== '') parameters.set('q', state.q);
  if (state.in !== 'everything') parameters.set('in', state.in);
  for (const name of facetNames) for (const value of state.chosen[name] ?? []) parameters.append(name, value);
  if (state.sort !== (state.q === '' ? 'name' : 'relevance')) parameters.set('sort', state.sort);
  if (state.view !== 'list') parameters.set('view', state.view);
  for (const column of state.columns) parameters.append('column', column);
  if (state.more !== null) parameters.set('more', state.more);
  if (state.values !== steps[0]) parameters.set('values', String(state.values));
  if (state.page > 1) parameters.set('page', String(state.page));
  return parameters;
}

/** An address of the search with something changed; a change of what is found goes back to the first page. */
export function addressOf(
  state: SearchState,
  change: Partial<SearchState> = {},
  path = '/repositories',
): string {
  const parameters = writeState({ ...state, page: 1, ...change }).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}

/** With a value of a facet chosen, or no longer. */
export function toggled(state: SearchState, name: FacetName, value: string): Pick<SearchState, 'chosen'> {
  const now = state.chosen[name] ?? [];
  const then = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  const { [name]: _, ...others } = state.chosen;
  return { chosen: then.length === 0 ? others : { ...others, [name]: then } };
}

function oneOf<T extends string>(list: readonly T[], text: string | null, otherwise: T): T {
  return list.find((one) => one === text) ?? otherwise;
}
