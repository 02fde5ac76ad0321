import { worldFile } from '../charts/world.server.ts';

/** The shapes of the countries, which maps on the pages point into. They change with the atlas, so hardly ever. */
export function loader() {
  return new Response(worldFile(), {
    headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  });
}
