import { useI18n } from '../i18n.tsx';
import type { Cluster } from '../search/clusters.ts';
import { mapHeight, mapWidth } from './projection.ts';

/** Places on a map of the world, drawn on the server: the area of a dot says how many. */
export function DotMap({ clusters, description }: { clusters: Cluster[]; description: string }) {
  const { number } = useI18n();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing whose parts are links; HTML has no element for that
    <svg className="dot-map" viewBox={`0 0 ${mapWidth} ${mapHeight}`} role="group" aria-label={description}>
      <use href="/charts/world.svg#world" className="dot-map-land" />
      {clusters.map(({ x, y, count, names, id }) => {
        const radius = Math.min(20, 1.8 + Math.sqrt(count) * 1.25);
        const dot = (
          <>
            <title>
              {[...names, ...(count > names.length ? [`+ ${number(count - names.length)}`] : [])].join('\n')}
            </title>
            <circle cx={x} cy={y} r={radius.toFixed(1)} />
          </>
        );
        return id === null ? (
          <g key={`${x} ${y}`}>{dot}</g>
        ) : (
          <a key={id} href={`/repositories/${id}`} tabIndex={-1}>
            {dot}
          </a>
        );
      })}
    </svg>
  );
}
