import type { StyleSpecification } from 'maplibre-gl';
import type { countriesOf } from './countries.ts';

/** How the map is drawn, in the colours that hold where it stands. */
export function styleOf(
  container: HTMLElement,
  countries: ReturnType<typeof countriesOf>,
  points: string,
): StyleSpecification {
  const tokens = getComputedStyle(container);
  const colour = (name: string) => tokens.getPropertyValue(`--${name}`).trim();
  return {
    version: 8,
    sources: {
      // An outline within a pixel of the atlas's own, cut finer down to zoom 5 only: the land is most of what is drawn.
      countries: { type: 'geojson', data: countries, tolerance: 1, maxzoom: 5, buffer: 8 },
      repositories: {
        type: 'geojson',
        data: new URL(points, location.href).href,
        cluster: true,
        clusterRadius: 44,
        clusterMaxZoom: 9,
      },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colour('sea') } },
      {
        id: 'land',
        type: 'fill',
        source: 'countries',
        // A layer of lines would take as long as all the rest.
        paint: { 'fill-color': colour('land'), 'fill-outline-color': colour('land-edge') },
      },
      {
        id: 'clusters',
        type: 'circle',
        source: 'repositories',
        filter: ['has', 'point_count'],
        paint: {
          'circle-color': colour('accent'),
          'circle-opacity': 0.85,
          'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 10, 20, 30],
        },
      },
      {
        id: 'counts',
        type: 'symbol',
        source: 'repositories',
        filter: ['has', 'point_count'],
        layout: {
          'text-field': ['get', 'point_count_abbreviated'],
          'text-font': ['sans-serif'],
          'text-size': 13,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': colour('on-accent') },
      },
      {
        id: 'points',
        type: 'circle',
        source: 'repositories',
        filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-color': colour('accent'),
          'circle-radius': 5,
          'circle-stroke-color': colour('paper'),
          'circle-stroke-width': 1.5,
        },
      },
    ],
  };
}
