import 'maplibre-gl/dist/maplibre-gl.css';
import {
  type GeoJSONSource,
  Map as LibreMap,
  type MapLayerMouseEvent,
  NavigationControl,
  Popup,
  setWorkerUrl,
} from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import atlas from 'world-atlas/countries-50m.json?url';
import { countriesOf } from './countries.ts';
import { keepView, keptView } from './kept-view.ts';
import { styleOf } from './style.ts';

setWorkerUrl(worker);

export interface MapStart {
  points: string;
  label: string;
  /** Texts of the library's own, by its keys. */
  words: Record<string, string>;
  signal: AbortSignal;
  onReady(): void;
}

/**
 * Starts a map in an element; without WebGL nothing happens and the drawing stays. Taken away when `signal` aborts. The
 * event `mapstart` hands the map to whoever wants to move or measure it.
 */
export async function startMap(
  container: HTMLElement,
  { points, label, words, signal, onReady }: MapStart,
): Promise<void> {
  if (!hasWebGl()) return;
  const countries = countriesOf(await (await fetch(atlas, { signal })).json());
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const kept = keptView(points);
  const map = new LibreMap({
    container,
    locale: words,
    style: styleOf(container, countries, points),
    ...(kept ?? { center: [10, 25], zoom: worldZoom(container.clientWidth) }),
    maxZoom: 12,
    // One world: what is on it is there once.
    renderWorldCopies: false,
    attributionControl: { compact: true, customAttribution: 'Natural Earth' },
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    // Numbers that fade in draw the whole map anew for a third of a second.
    fadeDuration: 0,
  });
  container.dispatchEvent(new CustomEvent('mapstart', { bubbles: true, detail: map }));
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.getCanvas().setAttribute('aria-label', label);
  map.on('load', onReady);
  if (kept === null) map.once('load', () => void showPoints(map));
  map.on('moveend', () =>
    keepView(points, { center: [map.getCenter().lng, map.getCenter().lat], zoom: map.getZoom() }),
  );
  map.on('click', 'clusters', (event) => void openCluster(map, event));
  map.on('click', 'points', (event) => showPoint(map, event));
  for (const layer of ['clusters', 'points']) {
    map.on('mouseenter', layer, () => map.getCanvas().classList.add('over-point'));
    map.on('mouseleave', layer, () => map.getCanvas().classList.remove('over-point'));
  }
  scheme.addEventListener('change', () => map.setStyle(styleOf(container, countries, points)), { signal });
  signal.addEventListener('abort', () => map.remove(), { once: true });
}

/** Where the world is as wide as the map; the library lets nobody move farther away than that. */
function worldZoom(pixels: number): number {
  return Math.log2(Math.max(1, pixels) / 512);
}

/** What is in one part of the world is seen closer from the start. */
async function showPoints(map: LibreMap): Promise<void> {
  const bounds = await map.getSource<GeoJSONSource>('repositories')?.getBounds();
  if (bounds === undefined || bounds.isEmpty()) return;
  const width = bounds.getEast() - bounds.getWest();
  if (width < narrowerDegrees) map.fitBounds(bounds, { padding: 60, maxZoom: 7, animate: false });
}

const narrowerDegrees = 100;

function hasWebGl(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

async function openCluster(map: LibreMap, { features }: MapLayerMouseEvent): Promise<void> {
  const [cluster] = features ?? [];
  if (cluster === undefined || cluster.geometry.type !== 'Point') return;
  const source = map.getSource('repositories') as GeoJSONSource;
  const zoom = await source.getClusterExpansionZoom(Number(cluster.properties.cluster_id));
  const [lon = 0, lat = 0] = cluster.geometry.coordinates;
  map.easeTo({ center: [lon, lat], zoom: zoom + 0.5 });
}

/** All repositories at the point, under the organisation each belongs to. Names are text and never HTML. */
function showPoint(map: LibreMap, { features, lngLat }: MapLayerMouseEvent): void {
  const list = document.createElement('ul');
  list.className = 'plain map-popup';
  for (const { properties } of features ?? []) {
    const entry = list.appendChild(document.createElement('li'));
    const link = entry.appendChild(document.createElement('a'));
    link.href = `/repositories/${encodeURIComponent(String(properties.id))}`;
    link.className = 'clamp';
    link.textContent = String(properties.name);
    if (properties.organisation !== '' && properties.organisation !== undefined) {
      const host = entry.appendChild(document.createElement('span'));
      host.className = 'soft small clamp';
      host.textContent = String(properties.organisation);
    }
  }
  new Popup({ maxWidth: '20rem' }).setLngLat(lngLat).setDOMContent(list).addTo(map);
}
