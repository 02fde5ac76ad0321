import type { AlmanacClient, Json } from 'almanac/client';
import { dots } from '../charts/dots.server.tsx';
import { project } from '../charts/projection.ts';
import type { Lang } from '../messages/languages.ts';
import { ask } from '../server/ask.ts';
import { clusters } from './clusters.ts';
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
  /** Markup for a `DotMap`. */
  dots: string;
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

const kept = new Map<string, Places>();
const mostKept = 50;
/** Changes carry seconds: within the last two another one may follow under the same time. */
const settledMs = 2_000;

/** The same for a drawing of the whole world; drawn anew when the register has changed. */
export async function placesOf(
  api: AlmanacClient,
  state: SearchState,
  lang: Lang,
  now = Date.now(),
): Promise<Places> {
  const newest = await ask(
    api.registry.query<{ ver?: number; last_updated?: string }>({
      query: { match_all: {} },
      sort: [{ last_updated: { order: 'desc' } }],
      _source: ['ver', 'last_updated'],
      size: 1,
    }),
  );
  const { total, hits } = newest.hits;
  const { ver, last_updated: at = '' } = hits[0]?._source ?? {};
  const key = JSON.stringify([total, hits[0]?._id, ver, at, state.q, state.in, state.chosen, lang]);
  const found = kept.get(key) ?? (await drawPlaces(api, state, lang));
  kept.delete(key);
  if (now - Date.parse(at) > settledMs) kept.set(key, found);
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
  return found;
}

async function drawPlaces(api: AlmanacClient, state: SearchState, lang: Lang): Promise<Places> {
  const places = await listPlaces(api, state);
  const points = places.map(({ id, name, lat, lon }) => {
    const [x, y] = project([lon, lat]);
    return { id, name, x, y };
  });
  return { located: places.length, dots: dots(clusters(points, 14), lang) };
}
