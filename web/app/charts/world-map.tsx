import { classBounds, classOf } from './classes.ts';
import { mapHeight, mapWidth } from './projection.ts';

export interface WorldMapProps {
  description: string;
  /** Address of the file with the shapes. */
  shapes: string;
  /** Countries that have a shape there. */
  values: { code: string; name: string; value: number }[];
  /** For the legend. */
  format(value: number): string;
  /** For the country under the pointer. */
  exact(value: number): string;
  legend: string;
}

/** A map of the world on which the countries are the darker the larger their value. */
export function WorldMap({ description, shapes, values, format, exact, legend }: WorldMapProps) {
  const bounds = classBounds(values.map(({ value }) => value));
  return (
    <div className="world-map">
      <svg viewBox={`0 0 ${mapWidth} ${mapHeight}`} role="img" aria-label={description}>
        <use href={`${shapes}#world`} className="map-none" />
        {values.map(({ code, name, value }) => (
          <g key={code} className={`map-class-${classOf(value, bounds) + 1}`}>
            <title>{`${name}: ${exact(value)}`}</title>
            <use href={`${shapes}#${code}`} />
          </g>
        ))}
      </svg>
      {bounds.length > 0 && (
        <p className="map-legend">
          <span>{legend}</span>
          {bounds.map((bound, place) => (
            <span key={bound} className="map-legend-class">
              <svg width="14" height="14" aria-hidden="true">
                <rect width="14" height="14" className={`map-class-${place + 1}`} />
              </svg>
              {`≥ ${format(bound)}`}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
