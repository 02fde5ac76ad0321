import type { RecordStatistic } from 'almanac/client';
import type { Label } from '../charts/axes.tsx';
import type { Point } from '../charts/line-chart.tsx';

export interface Holdings {
  type: string;
  latest: { value: number; date: string; thirdParty: string };
  /** Oldest first. */
  values: { value: number; date: string; thirdParty: string }[];
}

/** Statistics of a record by type, those with the most values first; of several values on one day the last one given. */
export function holdingsOf(statistics: RecordStatistic[]): Holdings[] {
  const types = Map.groupBy(statistics, ({ type }) => type);
  return [...types]
    .map(([type, given]) => {
      const byDay = new Map(given.map((one) => [one.date.slice(0, 10), one]));
      const values = [...byDay.values()]
        .map(({ value, date, third_party: thirdParty }) => ({ value, date, thirdParty }))
        .sort((one, other) => (one.date < other.date ? -1 : 1));
      return { type, values, latest: values.at(-1) ?? { value: 0, date: '', thirdParty: '' } };
    })
    .sort((one, other) => other.values.length - one.values.length || (one.type < other.type ? -1 : 1));
}

/** Values as points of a line: places by time, so that a gap of years looks like one. */
export function pointsOf(
  values: Holdings['values'],
  nameOf: (date: string) => string,
): { points: Point[]; labels: Label[] } {
  const times = values.map(({ date }) => Date.parse(date));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const at = (time: number) => (last === first ? 0.5 : (time - first) / (last - first));
  const points = values.map(({ value, date }, place) => ({
    at: at(times[place] ?? first),
    value,
    label: nameOf(date),
  }));
  return { points, labels: points.map(({ at: place, label }) => ({ at: place, text: label })) };
}
