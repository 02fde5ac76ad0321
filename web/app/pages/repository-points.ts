import type { LoaderFunctionArgs } from 'react-router';
import { listPlaces } from '../search/places.server.ts';
import { readState } from '../search/state.ts';
import { visitorOf } from '../visitor.ts';

/** The places of what a search finds, as GeoJSON for the map. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const places = await listPlaces(visitorOf(context).publicApi, readState(new URL(request.url).searchParams));
  const features = places.map(({ lon, lat, ...properties }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties,
  }));
  return Response.json({ type: 'FeatureCollection', features });
}
