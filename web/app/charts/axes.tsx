/** Height of the plot; its width is the reader's, less the padding that `figures.css` leaves for the figures. */
export const plotHeight = 200;
export const plotTop = 10;

export interface Label {
  /** Place from the left, 0 to 1. */
  at: number;
  text: string;
}

/** Height of a value in the plot, from its top. */
export function heightOf(value: number, ticks: number[]): number {
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return plotHeight - ((value - low) / (high - low || 1)) * plotHeight;
}

export const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;

/** Lines and figures at the left; drawn over the whole width, behind the plot. */
export function ValueAxis({ ticks, format }: { ticks: number[]; format(value: number): string }) {
  return (
    <g className="chart-axis">
      {ticks.map((tick) => {
        const y = plotTop + heightOf(tick, ticks);
        return (
          <g key={tick}>
            <line x1="0" x2="100%" y1={y} y2={y} />
            <text x="-10" y={y} dy="0.32em" textAnchor="end">
              {format(tick)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Names under the plot. Every second one gives way on a narrow screen. */
export function PlaceAxis({ labels }: { labels: Label[] }) {
  return (
    <g className="chart-axis">
      {labels.map(({ at, text }, place) => (
        <text
          key={at}
          x={percent(at)}
          y={plotHeight + 20}
          textAnchor={at > 0.96 ? 'end' : at < 0.04 ? 'start' : 'middle'}
          className={place % 2 === 1 ? 'chart-label-wide' : undefined}
        >
          {text}
        </text>
      ))}
    </g>
  );
}

/** At most `most` of the labels, evenly. */
export function thinned<T>(labels: T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(labels.length / most));
  return labels.filter((_, place) => place % step === 0);
}
