import {
  heightOf,
  type Label,
  PlaceAxis,
  percent,
  plotHeight,
  plotTop,
  thinned,
  ValueAxis,
} from './axes.tsx';

export interface Point {
  /** Place from the left, 0 to 1. */
  at: number;
  value: number;
  /** When: shown with the value. */
  label: string;
}

export interface LineSeries {
  name: string;
  points: Point[];
}

export interface LineChartProps {
  description: string;
  ticks: number[];
  labels: Label[];
  series: LineSeries[];
  format(value: number): string;
}

/** Lines over time. Lines live in a drawing that is stretched to the reader's width; points and texts are not. */
export function LineChart({ description, ticks, labels, series, format }: LineChartProps) {
  return (
    <svg className="chart" height={plotTop + plotHeight + 30} role="img" aria-label={description}>
      <ValueAxis ticks={ticks} format={format} />
      <svg aria-hidden="true" y={plotTop} width="100%" height={plotHeight} overflow="visible">
        <svg
          aria-hidden="true"
          width="100%"
          height={plotHeight}
          viewBox={`0 0 1000 ${plotHeight}`}
          preserveAspectRatio="none"
          overflow="visible"
        >
          {series.map(({ name, points }, order) => (
            <polyline
              key={name}
              className={`chart-line-${(order % 6) + 1}`}
              points={points
                .map(({ at, value }) => `${(at * 1000).toFixed(1)},${heightOf(value, ticks).toFixed(1)}`)
                .join(' ')}
            />
          ))}
        </svg>
        {series.map(({ name, points }, order) => (
          <Points key={name} {...{ name, points, order, ticks, format }} />
        ))}
        <PlaceAxis labels={thinned(labels, 8)} />
      </svg>
    </svg>
  );
}

/** More than these would hide the line. They are always there for the pointer. */
const mostDots = 60;

function Points(props: LineSeries & { order: number; ticks: number[]; format(value: number): string }) {
  const { name, points, order, ticks, format } = props;
  return points.map(({ at, value, label }) => (
    <g key={`${at} ${label}`} className="chart-point">
      <title>{`${name}\n${label}: ${format(value)}`}</title>
      <circle className="chart-hit" cx={percent(at)} cy={heightOf(value, ticks).toFixed(1)} r="9" />
      <circle
        className={`chart-dot-${(order % 6) + 1}`}
        cx={percent(at)}
        cy={heightOf(value, ticks).toFixed(1)}
        r={points.length > mostDots ? 1 : 3}
      />
    </g>
  ));
}
