/** The four metrics of COUNTER R5.1 that Almanac keeps. */
export interface Metrics {
  total_item_requests: number;
  unique_item_requests: number;
  total_item_investigations: number;
  unique_item_investigations: number;
}

export const METRICS = [
  'total_item_requests',
  'unique_item_requests',
  'total_item_investigations',
  'unique_item_investigations',
] as const satisfies readonly (keyof Metrics)[];

export function noMetrics(): Metrics {
  return {
    total_item_requests: 0,
    unique_item_requests: 0,
    total_item_investigations: 0,
    unique_item_investigations: 0,
  };
}

/** Adds in place; every longer figure is a sum over work-days (specification §4.7). */
export function addMetrics(sum: Metrics, more: Metrics): void {
  for (const metric of METRICS) sum[metric] += more[metric];
}

export function pickMetrics(from: Metrics): Metrics {
  return {
    total_item_requests: from.total_item_requests,
    unique_item_requests: from.unique_item_requests,
    total_item_investigations: from.total_item_investigations,
    unique_item_investigations: from.unique_item_investigations,
  };
}
