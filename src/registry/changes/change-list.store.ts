import type { Queries } from '../../platform/database/index.ts';

// All SQL of the list of changes.

export interface ChangeRange {
  /** Milliseconds, inclusive; null: open. */
  since: number | null;
  until: number | null;
}

/** How many changes a reader who began at `seq` meets: those of then, and those made since. */
export async function countChanges(
  sql: Queries,
  range: ChangeRange,
  seq: number,
): Promise<{ before: number; after: number }> {
  const [row] = await sql<{ before: number; after: number }[]>`
    select
      count(*) filter (where seq <= ${seq} and (next_seq is null or next_seq > ${seq}))::integer as before,
      count(*) filter (where seq > ${seq} and next_seq is null)::integer as after
    from almanac.record_changes
    where ${within(sql, range)}`;
  return row ?? { before: 0, after: 0 };
}

/**
 * Ids in the order of a reader who began at `seq`: first everything where it stood then, records that have moved since
 * included, so that nothing slips through between two pages; then what has changed since.
 */
export async function listChanges(
  sql: Queries,
  range: ChangeRange,
  seq: number,
  from: number,
  size: number,
): Promise<string[]> {
  const rows = await sql<{ record_id: string }[]>`
    select record_id
    from almanac.record_changes
    where ${within(sql, range)}
      and case when seq <= ${seq} then next_seq is null or next_seq > ${seq} else next_seq is null end
    order by (seq > ${seq}), at, record_id
    offset ${from}
    limit ${size}`;
  return rows.map(({ record_id: id }) => id);
}

/** Forgets places that were left longer ago than `days`. */
export async function trimChanges(sql: Queries, days: number): Promise<number> {
  const rows = await sql`
    delete from almanac.record_changes as change
    using almanac.record_changes as later
    where later.seq = change.next_seq and later.at < now() - make_interval(days => ${days})
    returning 1`;
  return rows.length;
}

function within(sql: Queries, { since, until }: ChangeRange) {
  return sql`
    (${since === null} or at >= ${new Date(since ?? 0)})
    and (${until === null} or at <= ${new Date(until ?? 0)})`;
}
