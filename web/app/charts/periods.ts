export type PeriodKind = 'year' | 'month' | 'day';

/** The kind of `2015`, `2015-05` or `2015-05-17`; null for anything else, `total` for instance. */
export function periodKind(period: string): PeriodKind | null {
  if (/^\d{4}$/.test(period)) return 'year';
  if (/^\d{4}-\d{2}$/.test(period)) return 'month';
  return /^\d{4}-\d{2}-\d{2}$/.test(period) ? 'day' : null;
}

/** First moment of a period, UTC. */
export function periodStart(period: string): number {
  const [year = 0, month = 1, day = 1] = period.split('-').map(Number);
  return Date.UTC(year, month - 1, day);
}

/** More columns than this say nothing and cost much: a chart of days shows at most ten years. */
const mostPeriods = 3_660;

/** Every period from the first to the last one, so that a month without a figure is seen as nothing and not skipped. */
export function periodsBetween(first: string, last: string): string[] {
  const kind = periodKind(first);
  if (kind === null || periodKind(last) !== kind || first > last) return [first];
  const periods: string[] = [];
  for (let period = first; period <= last && periods.length < mostPeriods; period = following(period, kind))
    periods.push(period);
  return periods;
}

function following(period: string, kind: PeriodKind): string {
  const start = new Date(periodStart(period));
  if (kind === 'year') start.setUTCFullYear(start.getUTCFullYear() + 1);
  else if (kind === 'month') start.setUTCMonth(start.getUTCMonth() + 1);
  else start.setUTCDate(start.getUTCDate() + 1);
  return start.toISOString().slice(0, { year: 4, month: 7, day: 10 }[kind]);
}
