import type { Metrics } from './answers.ts';
import { AlmanacError } from './error.ts';
import type { Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

/** A work, and what is known of it elsewhere (specification `events`, section 3). */
export interface Work {
  id: string;
  identifiers: { type: string; value: string; url: string | null }[];
  title: string | null;
  /** As citation processors write names: `literal`, or `family` and `given`, with `ORCID` at times. */
  author: Record<string, unknown>[] | null;
  issued: string | null;
  container_title: string | null;
  type: string | null;
  publisher_id: string | null;
  registration_agency: string | null;
  /** Totals by source; sources without any are left out. */
  results: Record<string, number>;
  usage: Metrics | null;
  relations: Record<string, number>;
  created_at: string;
  updated_at: string;
}

/** An individual event; a deleted one says only what stands first. */
export interface WorkEvent {
  id: string;
  action: 'add' | 'edit' | 'delete';
  version: number;
  changed_at: string;
  source_id: string;
  occurred_at: string;
  evidence: string | null;
  subj_id?: string;
  obj_id?: string;
  subj_work?: string | null;
  obj_work?: string | null;
  relation_type_id?: string;
  total?: number;
  total_type?: 'increment' | 'cumulative';
  account?: string;
  provenance_url?: string | null;
  license?: string | null;
  subj?: Record<string, unknown>;
  obj?: Record<string, unknown>;
}

export interface EventsPage {
  meta: { next_cursor: string; more: boolean; total?: number };
  events: WorkEvent[];
}

export interface Source {
  id: string;
  title: string;
  description: string;
  group: string;
  state: string;
  event_count: number | null;
  work_count: number | null;
  last_event_at: string | null;
  up_to: string | null;
  stale: boolean;
  /** Spans of days that were really collected. */
  coverage: { from: string; until: string }[];
}

export interface WorksApi {
  /** By any identifier, in any spelling. */
  get(id: string, options?: CallOptions): Promise<Work>;
  /** Live events of which the work is either end, in the order of their last change. */
  events(
    id: string,
    options?: { source?: string | undefined; size?: number; cursor?: string | undefined } & CallOptions,
  ): Promise<EventsPage>;
  sources(options?: CallOptions): Promise<Source[]>;
}

export function worksApi(transport: Transport): WorksApi {
  return {
    async get(id, { signal } = {}) {
      const { work } = await transport.json<{ work?: Work }>({
        path: `/api/works/${encodeURIComponent(id)}`,
        signal,
      });
      if (work !== undefined) return work;
      throw new AlmanacError(null, { title: 'The answer holds no work', detail: id, errors: [] });
    },
    events: (id, { source, size, cursor, signal } = {}) =>
      transport.json({
        path: '/api/events',
        query: { work_id: id, source_id: source, include: 'live', count: 'true', size, cursor },
        signal,
      }),
    async sources({ signal } = {}) {
      const { sources } = await transport.json<{ sources: Source[] }>({ path: '/api/sources', signal });
      return sources;
    },
  };
}
