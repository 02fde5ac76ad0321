import { type FacetName, isFacetName } from '../search/facets.ts';
import { readState, type SearchState, writeState } from '../search/state.ts';

export const shapes = ['bars', 'donut', 'treemap'] as const;
export type Shape = (typeof shapes)[number];

export interface GraphState {
  /** Filtered like a search. */
  search: SearchState;
  /** The one facet shown large; null: all of them. */
  facet: FacetName | null;
  top: number;
  shape: Shape;
}

export const mostShown = 50;
const shownOfOne = 20;
const shownOfEach = 10;

export function readGraphState(parameters: URLSearchParams): GraphState {
  const facet = parameters.get('facet') ?? '';
  const one = isFacetName(facet) ? facet : null;
  const top = Number(parameters.get('top') ?? Number.NaN);
  const shape = parameters.get('shape');
  return {
    search: { ...readState(parameters), sort: 'name', view: 'list', page: 1, columns: [], more: null },
    facet: one,
    top:
      Number.isInteger(top) && top >= 1 ? Math.min(top, mostShown) : one === null ? shownOfEach : shownOfOne,
    shape: shapes.find((known) => known === shape) ?? 'bars',
  };
}

export function addressOfGraph(
  state: GraphState,
  change: Partial<GraphState> = {},
  path = '/graphs',
): string {
  const { search, facet, top, shape } = { ...state, ...change };
  const parameters = writeState({ ...search, sort: search.q === '' ? 'name' : 'relevance' });
  if (facet !== null) parameters.set('facet', facet);
  if (top !== (facet === null ? shownOfEach : shownOfOne)) parameters.set('top', String(top));
  if (shape !== 'bars') parameters.set('shape', shape);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
