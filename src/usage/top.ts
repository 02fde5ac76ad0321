import type { Sql } from 'postgres';
import { type Metrics, pickMetrics } from './metrics.ts';
import { piecesOf } from './periods.ts';
import { rankedWorksOf } from './publications-of.store.ts';
import { allBounds, entityBounds } from './statistics.store.ts';
import { findEntity, type SubjectType } from './statistics.ts';
import { type TopRow, topEntities, topWorks } from './top.store.ts';

export type TopKind = 'publications' | 'scholars' | 'partners';

export interface Top {
  from: string | null;
  until: string | null;
  items: { subject: { type: SubjectType; id: string; name: string | null }; metrics: Metrics }[];
}

/** The most used by requests, then investigations, then id (specification §6.2). */
export async function readTop(
  sql: Sql,
  kind: TopKind,
  from: string | null,
  until: string | null,
  size: number,
): Promise<Top> {
  const pieces = piecesOf(from, until, 'total');
  const type = kind === 'publications' ? 'publication' : kind === 'scholars' ? 'scholar' : 'partner';
  const [rows, bounds] = await Promise.all([
    pieces.length === 0
      ? []
      : type === 'publication'
        ? topWorks(sql, pieces, size)
        : topEntities(sql, type, pieces, size),
    allBounds(sql),
  ]);
  return { from: from ?? bounds.first, until: until ?? bounds.last, items: itemsOf(type, rows) };
}

/**
 * Publications of a scholar or partner, the most used first, those without usage last, with zeros. Null when nobody has
 * this id.
 */
export async function readPublicationsOf(
  sql: Sql,
  of: { type: 'scholar' | 'partner'; id: string },
  from: string | null,
  until: string | null,
  size: number,
): Promise<Top | null> {
  const entity = await findEntity(sql, of.type, of.id);
  if (entity === null) return null;
  const [rows, bounds] = await Promise.all([
    rankedWorksOf(sql, entity.number, piecesOf(from, until, 'total'), size),
    entityBounds(sql, entity.number, of.type),
  ]);
  return { from: from ?? bounds.first, until: until ?? bounds.last, items: itemsOf('publication', rows) };
}

const itemsOf = (type: SubjectType, rows: TopRow[]): Top['items'] =>
  rows.map((row) => ({ subject: { type, id: row.id, name: row.name }, metrics: pickMetrics(row) }));
