import type { Metrics, Statistics, SubjectType } from 'almanac/client';
import { periodsBetween } from '../charts/periods.ts';

export const subjectTypes = ['publication', 'scholar', 'partner', 'country'] as const satisfies SubjectType[];

export function isSubjectType(text: string | undefined): text is SubjectType {
  return subjectTypes.some((type) => type === text);
}

/** Figures of one subject, ready to be drawn: every period there is, also those without a figure. */
export interface Figures {
  type: SubjectType;
  id: string;
  name: string;
  metrics: Metrics;
  series: ({ period: string } & Metrics)[];
}

export const metricNames = [
  'total_item_requests',
  'unique_item_requests',
  'total_item_investigations',
  'unique_item_investigations',
] as const satisfies (keyof Metrics)[];

const nothing: Metrics = {
  total_item_requests: 0,
  unique_item_requests: 0,
  total_item_investigations: 0,
  unique_item_investigations: 0,
};

export function figuresOf({ subject, metrics, series }: Statistics): Figures {
  return {
    type: subject.type,
    id: subject.id,
    name: subject.name ?? subject.id,
    metrics,
    series: onPeriods(series, periodsOf([series])),
  };
}

/** The periods of several series together. */
export function periodsOf(all: { period: string }[][]): string[] {
  const periods = all.flatMap((series) => series.map(({ period }) => period)).sort();
  const [first, last] = [periods[0], periods.at(-1)];
  return first === undefined || last === undefined ? [] : periodsBetween(first, last);
}

export function onPeriods(series: Figures['series'], periods: string[]): Figures['series'] {
  const known = new Map(series.map((one) => [one.period, one]));
  return periods.map((period) => known.get(period) ?? { period, ...nothing });
}

/** The address of a subject's page. */
export function subjectPath(type: SubjectType, id: string): string {
  return `/statistics/${type}/${encodeURIComponent(id)}`;
}
