import { heightOf, PlaceAxis, percent, plotHeight, plotTop, thinned, ValueAxis } from './axes.tsx';
import { ticksUpTo } from './ticks.ts';

export interface ColumnSeries {
  name: string;
  /** One value for each label, none negative. */
  values: number[];
}

export interface ColumnChartProps {
  /** What is shown, for those who do not see it. */
  description: string;
  labels: string[];
  /** The first is drawn widest, behind; the next ones in front of it: each is a part of the one before. */
  series: ColumnSeries[];
  format(value: number): string;
}

/** Columns in front of each other, for amounts of which one is a part of the other: requests of investigations. */
export function ColumnChart({ description, labels, series, format }: ColumnChartProps) {
  const ticks = ticksUpTo(Math.max(0, ...series.flatMap(({ values }) => values)));
  const slot = 1 / Math.max(1, labels.length);
  const places = labels.map((text, place) => ({ at: (place + 0.5) * slot, text }));
  return (
    <svg className="chart" height={plotTop + plotHeight + 30} role="img" aria-label={description}>
      <ValueAxis ticks={ticks} format={format} />
      <svg aria-hidden="true" y={plotTop} width="100%" height={plotHeight} overflow="visible">
        {labels.map((label, place) => (
          <g key={label} className="chart-column">
            <title>
              {[label, ...series.map(({ name, values }) => `${name}: ${format(values[place] ?? 0)}`)].join(
                '\n',
              )}
            </title>
            <rect
              x={percent(place * slot)}
              width={percent(slot)}
              y="0"
              height={plotHeight}
              className="chart-hit"
            />
            {series.map(({ name, values }, order) => (
              <Column
                key={name}
                place={place}
                slot={slot}
                order={order}
                top={heightOf(values[place] ?? 0, ticks)}
              />
            ))}
          </g>
        ))}
        <PlaceAxis labels={thinned(places, 8)} />
      </svg>
    </svg>
  );
}

function Column({ place, slot, order, top }: { place: number; slot: number; order: number; top: number }) {
  if (top >= plotHeight) return null;
  const share = order === 0 ? 0.76 : 0.46;
  return (
    <rect
      className={`chart-fill-${order + 1}`}
      x={percent(place * slot + (slot * (1 - share)) / 2)}
      width={percent(slot * share)}
      y={top.toFixed(1)}
      height={(plotHeight - top).toFixed(1)}
    />
  );
}
