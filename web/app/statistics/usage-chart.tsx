import { ColumnChart } from '../charts/column-chart.tsx';
import { LineChart } from '../charts/line-chart.tsx';
import { ticksUpTo } from '../charts/ticks.ts';
import type { I18n } from '../i18n.tsx';
import { type Figures, onPeriods, periodsOf } from './figures.ts';

/** Narrower columns than these are lines. */
const mostColumns = 62;

/** Downloads over time: of one subject beside its views, of several as lines. Takes its texts, for pictures as well. */
export function UsageChart({
  subjects,
  said,
}: {
  subjects: Figures[];
  said: Pick<I18n, 't' | 'short' | 'number' | 'period'>;
}) {
  const { t, short, period } = said;
  const [first] = subjects;
  const periods = periodsOf(subjects.map(({ series }) => series));
  if (first === undefined || periods.length === 0) return null;
  const names = periods.map(period);
  const span = { from: names[0] ?? '', to: names.at(-1) ?? '' };
  const series = onPeriods(first.series, periods);
  if (subjects.length === 1 && periods.length <= mostColumns) {
    return (
      <ColumnChart
        description={t('statistics.chart', { from: span.from, until: span.to })}
        labels={names}
        format={short}
        series={[
          {
            name: t('statistics.investigations'),
            values: series.map((one) => one.total_item_investigations),
          },
          { name: t('statistics.requests'), values: series.map((one) => one.total_item_requests) },
        ]}
      />
    );
  }
  const lines = subjects.map(({ name, series: own }) => ({
    name,
    values: onPeriods(own, periods).map((one) => one.total_item_requests),
  }));
  const at = (place: number) => (periods.length === 1 ? 0.5 : place / (periods.length - 1));
  return (
    <LineChart
      description={t('statistics.chartCompare', { count: subjects.length })}
      ticks={ticksUpTo(Math.max(...lines.flatMap(({ values }) => values)))}
      labels={names.map((text, place) => ({ at: at(place), text }))}
      series={lines.map(({ name, values }) => ({
        name,
        points: values.map((value, place) => ({ at: at(place), value, label: names[place] ?? '' })),
      }))}
      format={short}
    />
  );
}
