import type { AlmanacClient } from 'almanac/client';
import { dots } from '../charts/dots.server.tsx';
import { project } from '../charts/projection.ts';
import type { Lang } from '../messages/languages.ts';
import { ask } from '../server/ask.ts';
import type { PlaceMemory } from '../visitor.ts';
import { clusters } from './clusters.ts';
import type { Place } from './known-places.server.ts';
import { type RegisterState, registerState } from './register-state.server.ts';
import { filterOf, queryOf } from './request.ts';
import type { SearchState } from './state.ts';

export interface Places {
  /** How many of the found ones have a place. */
  located: number;
  /** Markup for a `DotMap`. */
  dots: string;
}

/** The places of what a search finds, as a file for the map. */
export interface PlacesFile {
  /** GeoJSON. */
  text: string;
  /** Null while what it was made of may still change. */
  version: string | null;
}

const most = 10_000;
/** Cells in which dots are joined, in units of the drawing. */
const cell = 14;

/** For a drawing of the whole world; drawn anew when the register has changed. */
export function placesOf(
  api: AlmanacClient,
  memory: PlaceMemory,
  state: SearchState,
  lang: Lang,
): Promise<Places> {
  return kept(api, memory.drawings, state, lang, async (register) => {
    const places = await found(api, memory, state, register);
    const points = places.map(({ id, name, lat, lon }) => {
      const [x, y] = project([lon, lat]);
      return { id, name, x, y };
    });
    return { located: places.length, dots: dots(clusters(points, cell), lang) };
  });
}

export function placesFile(api: AlmanacClient, memory: PlaceMemory, state: SearchState): Promise<PlacesFile> {
  return kept(api, memory.files, state, '', async (register, key) => {
    const features = (await found(api, memory, state, register)).map(({ lon, lat, ...properties }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties,
    }));
    const text = JSON.stringify({ type: 'FeatureCollection', features });
    return { text, version: register.isSettled ? key : null };
  });
}

/** Every found repository that says where it is, of a narrowed search the first 10,000. */
async function found(
  api: AlmanacClient,
  memory: PlaceMemory,
  state: SearchState,
  register: RegisterState,
): Promise<Place[]> {
  const known = await ask(memory.known.at(api, register));
  const filter = filterOf(state.chosen);
  if (state.q === '' && filter === null) return [...known.values()];
  const query = { query: queryOf(state), ...(filter !== null && { post_filter: filter }) };
  const { hits } = await ask(api.registry.query({ ...query, _source: false, size: most }));
  return hits.hits.flatMap(({ _id: id }) => known.get(id) ?? []);
}

/** What was made of the same search in the same state of the register, or what is made now. */
async function kept<T>(
  api: AlmanacClient,
  made: Map<string, T>,
  { q, in: scope, chosen }: SearchState,
  lang: string,
  make: (register: RegisterState, key: string) => Promise<T>,
): Promise<T> {
  const register = await registerState(api);
  const key = JSON.stringify([register.text, q, scope, chosen, lang]);
  const value = made.get(key) ?? (await make(register, key));
  made.delete(key);
  if (register.isSettled) made.set(key, value);
  for (const oldest of made.keys()) if (made.size > mostKept) made.delete(oldest);
  return value;
}

/** A file of 10,000 places has 2 MB. */
const mostKept = 20;
