import { createHash } from 'node:crypto';
import type { LoaderFunctionArgs } from 'react-router';
import { placesFile } from '../search/places.server.ts';
import { readState } from '../search/state.ts';
import { visitorOf } from '../visitor.ts';

/** The places of what a search finds, as GeoJSON for the map; 304 for who has them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, places } = visitorOf(context);
  const state = readState(new URL(request.url).searchParams);
  const { text, version } = await placesFile(publicApi, places, state);
  const headers = new Headers({ 'content-type': 'application/geo+json; charset=utf-8' });
  if (version === null) return new Response(text, { headers });
  const tag = `W/"${createHash('sha256').update(version).digest('base64url').slice(0, 22)}"`;
  headers.set('etag', tag);
  const has = (request.headers.get('if-none-match') ?? '').split(',').some((one) => one.trim() === tag);
  return has ? new Response(null, { status: 304, headers }) : new Response(text, { headers });
}
