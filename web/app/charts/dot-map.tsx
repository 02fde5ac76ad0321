import { mapHeight, mapWidth } from './projection.ts';

/**
 * Places on a map of the world, drawn on the server: the area of a dot says how many.
 * @param dots markup of `dots`, which is drawn once for all readers: hundreds of elements.
 */
export function DotMap({ dots, description }: { dots: string; description: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing whose parts are links; HTML has no element for that
    <svg className="dot-map" viewBox={`0 0 ${mapWidth} ${mapHeight}`} role="group" aria-label={description}>
      <use href="/charts/world.svg#world" className="dot-map-land" />
      <g dangerouslySetInnerHTML={{ __html: dots }} />
    </svg>
  );
}
