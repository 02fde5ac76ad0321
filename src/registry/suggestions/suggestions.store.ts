import type { Queries } from '../../platform/database/index.ts';
import type { JsonObject } from '../model/record.ts';
import type { GivenSuggestion } from './read-suggestion.ts';

// All SQL of suggestions.

export interface Suggestion extends GivenSuggestion {
  id: string;
  status: 'pending' | 'accepted' | 'rejected';
  submitted: Date;
  duplicate_of: string[];
  /** What the harvest module found out about it. */
  detected: JsonObject | null;
  /** Id of the record it became part of. */
  record_id: string | null;
  reason: string | null;
  decided_by: string | null;
  decided: Date | null;
}

const columns = (sql: Queries) => sql`
  id, status, submitted, about, register, contact, comment, source, detected, duplicate_of, record_id, reason,
  decided_by, decided`;

/** Stores a suggestion, or gives the one for the same address that still waits. */
export async function insertSuggestion(
  sql: Queries,
  {
    id,
    submitted,
    ...given
  }: GivenSuggestion & { id: string; submitted: Date; duplicateOf: string[]; key: string | null },
): Promise<{ suggestion: Suggestion; isNew: boolean }> {
  const [inserted] = await sql<Suggestion[]>`
    insert into almanac.suggestions (id, submitted, about, url_key, register, contact, comment, source, duplicate_of)
    values (
      ${id}, ${submitted}, ${given.about}, ${given.key}, ${JSON.stringify(given.register)}::text::json,
      ${given.contact === null ? null : JSON.stringify(given.contact)}::text::json, ${given.comment}, ${given.source},
      ${given.duplicateOf}::text[]
    )
    on conflict do nothing
    returning ${columns(sql)}`;
  if (inserted) return { suggestion: inserted, isNew: true };
  const [older] = await sql<Suggestion[]>`
    select ${columns(sql)}
    from almanac.suggestions
    where status = 'pending'
      and url_key = ${given.key}
      and coalesce(about, '') = ${given.about ?? ''}`;
  if (older) return { suggestion: older, isNew: false };
  // Decided between the two statements: now there is room.
  return insertSuggestion(sql, { id, submitted, ...given });
}

export async function findSuggestion(sql: Queries, id: string, lock = false): Promise<Suggestion | null> {
  const [row] = await sql<Suggestion[]>`
    select ${columns(sql)}
    from almanac.suggestions
    where id = ${id}
    ${lock ? sql`for update` : sql``}`;
  return row ?? null;
}

export async function listSuggestions(
  sql: Queries,
  status: string | null,
  from: number,
  size: number,
): Promise<{ total: number; suggestions: Suggestion[] }> {
  const [count] = await sql<{ total: number }[]>`
    select count(*)::integer as total
    from almanac.suggestions
    where ${status === null} or status = ${status ?? ''}`;
  const suggestions = await sql<Suggestion[]>`
    select ${columns(sql)}
    from almanac.suggestions
    where ${status === null} or status = ${status ?? ''}
    order by no
    offset ${from}
    limit ${size}`;
  return { total: count?.total ?? 0, suggestions };
}

export async function decideSuggestion(
  sql: Queries,
  id: string,
  decision: {
    status: 'accepted' | 'rejected';
    recordId: string | null;
    reason: string | null;
    by: string;
    at: Date;
  },
): Promise<void> {
  await sql`
    update almanac.suggestions
    set status = ${decision.status},
        record_id = ${decision.recordId},
        reason = ${decision.reason},
        decided_by = ${decision.by},
        decided = ${decision.at}
    where id = ${id}`;
}
