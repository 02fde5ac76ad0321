import type { Sql, TransactionSql } from 'postgres';

// SQL of the sources.

export interface Source {
  source_id: number;
  name: string;
  title: string;
  description: string;
  group: string;
  private: boolean;
  cumulative: boolean;
  state: 'active' | 'retired';
  stale_after_hours: number;
  max_per_day: number;
}

/** All sources in their order: a few dozen rows, read anew for every delivery so that an edit holds at once everywhere. */
export function listSources(sql: Sql | TransactionSql): Promise<Source[]> {
  return sql<Source[]>`
    select source_id, name, title, description, "group", private, cumulative, state, stale_after_hours, max_per_day
    from almanac.event_sources order by source_id`;
}

/** What may be said of a source; absent fields stay as they are, or take the defaults of a new source. */
export type SourceEdit = Partial<Omit<Source, 'source_id' | 'name'>>;

/** Makes or edits a source; answers whether it is new. */
export async function putSource(sql: Sql, name: string, edit: SourceEdit): Promise<boolean> {
  const [row] = await sql<{ is_new: boolean }[]>`
    insert into almanac.event_sources as s
      (name, title, description, "group", private, cumulative, state, stale_after_hours, max_per_day)
    values (${name}, ${edit.title ?? name}, ${edit.description ?? ''}, ${edit.group ?? 'other'}, ${edit.private ?? false},
      ${edit.cumulative ?? false}, ${edit.state ?? 'active'}, ${edit.stale_after_hours ?? 48}, ${edit.max_per_day ?? 500})
    on conflict (name) do update set
      title = coalesce(${edit.title ?? null}, s.title), description = coalesce(${edit.description ?? null}, s.description),
      "group" = coalesce(${edit.group ?? null}, s."group"), private = coalesce(${edit.private ?? null}, s.private),
      cumulative = coalesce(${edit.cumulative ?? null}, s.cumulative), state = coalesce(${edit.state ?? null}, s.state),
      stale_after_hours = coalesce(${edit.stale_after_hours ?? null}, s.stale_after_hours),
      max_per_day = coalesce(${edit.max_per_day ?? null}, s.max_per_day), updated_at = now()
    returning xmax = 0 as is_new`;
  return row?.is_new ?? false;
}

export interface SourceCounts {
  source_id: number;
  events: number;
  last_event_at: Date | null;
  up_to: Date | null;
  works: number;
}

export function readCounts(sql: Sql): Promise<SourceCounts[]> {
  return sql<SourceCounts[]>`
    select c.source_id, c.events, c.last_event_at, c.up_to, c.works + coalesce(w.works, 0) as works
    from event_source_counts c left join event_source_works w using (source_id)`;
}

/** Spans of days on which something came from each source. */
export function readCoverage(sql: Sql): Promise<{ source_id: number; from: string; until: string }[]> {
  return sql<{ source_id: number; from: string; until: string }[]>`
    select source_id, min(day)::text as from, max(day)::text as until
    from (
      select source_id, day, day - row_number() over (partition by source_id order by day)::integer as span
      from event_source_days
    ) d
    group by source_id, span
    order by source_id, span`;
}
