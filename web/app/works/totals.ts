import type { EventSource, Work } from 'almanac/client';

/** What one source says of a work in all, and since when it is asked. */
export interface SourceTotals {
  source: string;
  title: string;
  total: number;
  /** The newest span that was really collected. */
  collected: { from: string; until: string } | null;
  isStale: boolean;
}

/** Totals by source, most first. */
export function totalsOf({ results }: Pick<Work, 'results'>, sources: EventSource[]): SourceTotals[] {
  const known = new Map(sources.map((one) => [one.id, one]));
  return Object.entries(results)
    .map(([source, total]) => ({
      source,
      title: known.get(source)?.title ?? source,
      total,
      collected: known.get(source)?.coverage.at(-1) ?? null,
      isStale: known.get(source)?.stale ?? false,
    }))
    .sort((one, other) => other.total - one.total || (one.source < other.source ? -1 : 1));
}
