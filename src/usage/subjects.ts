import type { Sql } from 'postgres';
import { type Metrics, pickMetrics } from './metrics.ts';
import { nameQuestion } from './name-words.ts';
import { findByName } from './subjects.store.ts';

export interface NamedSubject {
  subject: { type: 'scholar' | 'partner'; id: string; name: string };
  /** Over all time. */
  metrics: Metrics;
}

/** Scholars and partners whose names hold the words; whole words first, then the most used. */
export async function findSubjects(
  sql: Sql,
  text: string,
  types: ('scholar' | 'partner')[],
  size: number,
): Promise<{ items: NamedSubject[]; more: boolean }> {
  const question = nameQuestion(text);
  const rows = question === null ? [] : await findByName(sql, question, types, size + 1);
  const items = rows.slice(0, size).map((row) => ({
    subject: { type: row.kind, id: row.id, name: row.name },
    metrics: pickMetrics(row),
  }));
  return { items, more: rows.length > size };
}
