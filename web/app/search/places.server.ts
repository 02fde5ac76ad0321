import type { AlmanacClient, Json } from 'almanac/client';
import { project } from '../charts/projection.ts';
import { ask } from '../server/ask.ts';
import { type Cluster, clusters } from './clusters.ts';
import { filterOf, queryOf } from './request.ts';
import type { SearchState } from './state.ts';

/** A repository on the map. */
export interface Place {
  id: string;
  name: string;
  organisation: string;
  lon: number;
  lat: number;
}

export interface Places {
  /** How many of the found ones have a place. */
  located: number;
  clusters: Cluster[];
}

const most = 10_000;
const record = 'register.metadata.record';
const details = 'register.organisation.details';
const asked = ['name', 'lat', 'lon'].map((name) => `${record}.${name}`);
const askedOfHosts = ['name', 'lat', 'lon'].map((name) => `${details}.${name}`);

/** Every found repository that says where it is; of a record without a place the first organisation's. */
export async function listPlaces(api: AlmanacClient, state: SearchState): Promise<Place[]> {
  const filter = filterOf(state.chosen);
  const answer = await ask(
    api.registry.query({
      query: queryOf(state),
      ...(filter !== null && { post_filter: filter }),
      fields: [...asked, ...askedOfHosts],
      size: most,
    }),
  );
  return answer.hits.hits.flatMap(({ _id: id, fields = {} }) => {
    const first = (field: string): Json | undefined => fields[field]?.[0];
    const lat = first(`${record}.lat`) ?? first(`${details}.lat`);
    const lon = first(`${record}.lon`) ?? first(`${details}.lon`);
    if (typeof lat !== 'number' || typeof lon !== 'number') return [];
    const name = String(first(`${record}.name`) ?? id);
    return [{ id, name, organisation: String(first(`${details}.name`) ?? ''), lat, lon }];
  });
}

/** The same for a drawing of the whole world. */
export async function placesOf(api: AlmanacClient, state: SearchState): Promise<Places> {
  const places = await listPlaces(api, state);
  const points = places.map(({ id, name, lat, lon }) => {
    const [x, y] = project([lon, lat]);
    return { id, name, x, y };
  });
  return { located: places.length, clusters: clusters(points, 14) };
}
