import type { Sql } from 'postgres';
import { canonicalId, parsePartnerId, parseScholarId } from '../identifiers/index.ts';
import { keyOf, partnerKey, scholarKey } from '../works/index.ts';
import { countryName } from './country-names.ts';
import { countryEntity, countryOfNumber } from './country-number.ts';
import { addMetrics, type Metrics, noMetrics, pickMetrics } from './metrics.ts';
import { type Granularity, type Piece, periodName, piecesOf } from './periods.ts';
import * as store from './statistics.store.ts';

export type SubjectType = 'publication' | 'scholar' | 'partner' | 'country';

export interface StatisticsQuestion {
  type: SubjectType;
  /** Any identifier of the subject, in any spelling. */
  id: string;
  /** Whole UTC days, inclusive; null = open. */
  from: string | null;
  until: string | null;
  granularity: Granularity;
  byCountry: boolean;
}

export interface Statistics {
  subject: { type: SubjectType; id: string; name: string | null };
  from: string | null;
  until: string | null;
  granularity: Granularity;
  metrics: Metrics;
  series: ({ period: string } & Metrics)[];
  countries: ({ country: string } & Metrics)[];
  /** Time of the newest event processed for anybody. */
  up_to: Date | null;
}

interface Subject extends store.Found {
  figures(pieces: Piece[], byCountry: boolean): Promise<store.FigureRow[]>;
  bounds(): Promise<store.Bounds>;
}

/** Statistics of a subject; null when it is neither known nor has events (specification §6.1). */
export async function readStatistics(sql: Sql, question: StatisticsQuestion): Promise<Statistics | null> {
  const subject = await findSubject(sql, question.type, question.id);
  if (subject === null) return null;
  const { from, until, granularity } = question;
  const [rows, bounds, countryRows] = await Promise.all([
    subject.figures(piecesOf(from, until, granularity), false),
    subject.bounds(),
    question.byCountry ? countryFigures(question, subject) : [],
  ]);
  const series = new Map<string, Metrics>();
  const metrics = noMetrics();
  for (const row of rows) {
    const name = periodName(row.period, granularity);
    const sum = series.get(name) ?? noMetrics();
    addMetrics(sum, row);
    series.set(name, sum);
    addMetrics(metrics, row);
  }
  return {
    subject: { type: question.type, id: subject.id, name: subject.name },
    from: from ?? bounds.first,
    until: until ?? bounds.last,
    granularity,
    metrics,
    series: [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([period, sum]) => ({ period, ...sum })),
    countries: sumCountries(countryRows),
    up_to: bounds.up_to,
  };
}

async function countryFigures(question: StatisticsQuestion, subject: Subject): Promise<store.FigureRow[]> {
  const pieces = piecesOf(question.from, question.until, 'total');
  if (question.type !== 'country') return subject.figures(pieces, true);
  const rows = await subject.figures(pieces, false);
  return rows.map((row) => ({ ...row, country: -1 - subject.number }));
}

/** Highest investigations first, ties by code. */
function sumCountries(rows: store.FigureRow[]): ({ country: string } & Metrics)[] {
  const sums = new Map<number, Metrics>();
  for (const row of rows) {
    const sum = sums.get(row.country);
    if (sum === undefined) sums.set(row.country, pickMetrics(row));
    else addMetrics(sum, row);
  }
  return [...sums]
    .map(([number, sum]) => ({ country: countryOfNumber(number), ...sum }))
    .sort(
      (a, b) => b.total_item_investigations - a.total_item_investigations || (a.country < b.country ? -1 : 1),
    );
}

async function findSubject(sql: Sql, type: SubjectType, id: string): Promise<Subject | null> {
  if (type === 'publication') {
    const canonical = canonicalId(id);
    const found = canonical === null ? null : await store.findWork(sql, keyOf(canonical));
    if (found === null) return null;
    return {
      ...found,
      figures: (pieces, byCountry) => store.workFigures(sql, found.number, pieces, byCountry),
      bounds: () => store.workBounds(sql, found.number),
    };
  }
  const found = type === 'country' ? countryNamed(id) : await findEntity(sql, type, id);
  if (found === null) return null;
  return {
    ...found,
    figures: (pieces, byCountry) => store.entityFigures(sql, found.number, pieces, byCountry, type),
    bounds: () => store.entityBounds(sql, found.number, type),
  };
}

/** Every country is known, whether it has usage or not. */
function countryNamed(id: string): store.Found | null {
  const code = id.trim().toUpperCase();
  const name = countryName(code);
  return name === null ? null : { number: countryEntity(code), id: code, name };
}

/** A scholar or partner by any id in any spelling; null when it is not known. */
export async function findEntity(
  sql: Sql,
  type: 'scholar' | 'partner',
  id: string,
): Promise<store.Found | null> {
  const canonical = type === 'scholar' ? parseScholarId(id) : parsePartnerId(id);
  if (canonical === null) return null;
  return store.findEntity(sql, type === 'scholar' ? scholarKey(canonical) : partnerKey(canonical));
}
