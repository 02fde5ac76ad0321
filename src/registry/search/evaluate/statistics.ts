/** Running figures of some numbers; `min` and `max` are null without any. */
export interface Statistics {
  count: number;
  total: number;
  squares: number;
  min: number | null;
  max: number | null;
}

export const createStatistics = (): Statistics => ({ count: 0, total: 0, squares: 0, min: null, max: null });

export function take(statistics: Statistics, value: number): void {
  statistics.count++;
  statistics.total += value;
  statistics.squares += value * value;
  if (statistics.min === null || value < statistics.min) statistics.min = value;
  if (statistics.max === null || value > statistics.max) statistics.max = value;
}
