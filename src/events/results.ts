import type { Sql } from 'postgres';
import { isoSeconds } from '../platform/http/index.ts';
import { relationName } from './relations.ts';
import * as store from './results.store.ts';

export type Granularity = 'total' | 'year' | 'month' | 'day';

export interface Result {
  work_id: string;
  source_id: string;
  relation_type_id: string;
  total: number;
  increments: number;
  snapshot: number | null;
  events: number;
  subjects: number;
  first_occurred_at: string;
  last_occurred_at: string;
  series?: Period[];
}

export interface Period {
  period: string;
  increments: number;
  events: number;
  snapshot: number | null;
}

const LENGTH = { total: 0, year: 4, month: 7, day: 10 } as const;

/** Totals with their periods (specification `events` §3.2). Rows of which nothing lies in the range are left out. */
export async function readResults(
  sql: Sql,
  rows: readonly store.TotalRow[],
  range: store.Range,
  granularity: Granularity,
): Promise<Result[]> {
  if (rows.length === 0) return [];
  const hasRange = range.from !== null || range.until !== null;
  const withSnapshots = rows.filter(({ snapshot }) => snapshot !== null);
  const needsObservations = withSnapshots.length > 0 && (hasRange || granularity !== 'total');
  // What lies in the range as a whole is known already.
  const parts = hasRange ? rows.filter((row) => row.snapshot !== null || !isWithin(row, range)) : [];
  const [within, days, observations] = await Promise.all([
    parts.length === 0 ? [] : store.rangeTotals(sql, parts, range),
    granularity === 'total' ? [] : store.listDays(sql, rows, range, LENGTH[granularity]),
    needsObservations ? store.listObservations(sql, withSnapshots, range.until) : [],
  ]);
  const inParts = new Map(within.map((row) => [keyOf(row), row]));
  const isPart = new Set(parts);
  const daysOf = Map.groupBy(days, keyOf);
  const observationsOf = Map.groupBy(observations, keyOf);
  return rows.flatMap((row) => {
    const key = keyOf(row);
    const figures = isPart.has(row) ? inParts.get(key) : row;
    const seen = observationsOf.get(key) ?? [];
    const snapshot = hasRange ? latestOf(seen) : row.snapshot;
    if (figures === undefined && snapshot === null) return [];
    const increments = figures?.increments ?? 0;
    return [
      {
        work_id: row.canonical_id,
        source_id: row.source,
        relation_type_id: relationName(row.relation_id),
        total: increments + (snapshot ?? 0),
        increments,
        snapshot,
        events: figures?.events ?? 0,
        subjects: figures?.subjects ?? 0,
        first_occurred_at: isoSeconds((figures ?? row).first_at.getTime()),
        last_occurred_at: isoSeconds((figures ?? row).last_at.getTime()),
        ...(granularity === 'total'
          ? {}
          : { series: seriesOf(daysOf.get(key) ?? [], seen, range.from, LENGTH[granularity]) }),
      },
    ];
  });
}

/** Whether all events of a total are of the days of a range. */
function isWithin({ first_at: first, last_at: last }: store.TotalRow, { from, until }: store.Range): boolean {
  return (
    (from === null || first.toISOString().slice(0, 10) >= from) &&
    (until === null || last.toISOString().slice(0, 10) <= until)
  );
}

const keyOf = (row: { work_id: number; source_id: number; relation_id: number }): string =>
  `${row.work_id} ${row.source_id} ${row.relation_id}`;

/** The sum of the latest values of all series; null when there is none. */
function latestOf(observations: readonly store.ObservationRow[]): number | null {
  const latest = new Map(observations.map(({ id, value }) => [id, value]));
  return latest.size === 0 ? null : sumOf(latest.values());
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Periods with data; a snapshot is what the series held at the end of the period. */
function seriesOf(
  days: readonly store.DayRow[],
  observations: readonly store.ObservationRow[],
  from: string | null,
  length: number,
): Period[] {
  const periods = new Map<string, Period>();
  const periodOf = (day: string): Period => {
    const name = day.slice(0, length);
    const known = periods.get(name) ?? { period: name, increments: 0, events: 0, snapshot: null };
    periods.set(name, known);
    return known;
  };
  for (const { day, increments, events } of days) {
    const period = periodOf(day);
    period.increments += increments;
    period.events += events;
  }
  const latest = new Map<string, number>();
  for (const { id, at, value } of observations) {
    latest.set(id, value);
    const day = at.toISOString().slice(0, 10);
    if (from === null || day >= from) periodOf(day).snapshot = sumOf(latest.values());
  }
  return [...periods.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
}
