import type { Accepted } from './answers.ts';
import { type Body, payloadOf } from './body.ts';
import type { Pause } from './pause.ts';
import type { Query, Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

/** A message that adds, edits, deletes or restores one event (specification `events`, section 2). */
export interface Deposit {
  uuid?: string;
  message_type?: 'relation' | 'work';
  message_action?: 'create' | 'delete' | 'restore';
  subj_id?: string;
  obj_id?: string;
  relation_type_id?: string;
  source_id?: string;
  total?: number;
  total_type?: 'increment' | 'cumulative';
  occurred_at?: string;
  subj?: Record<string, unknown>;
  obj?: Record<string, unknown>;
  provenance_url?: string;
  publisher_id?: string;
  prefix?: string;
  license?: string;
  extra?: Record<string, unknown>;
  source_token?: string;
  callback?: string;
}

export interface Pushed extends Accepted {
  deposits: { position: number; id: string; state: 'waiting' }[];
}

export interface DepositState {
  id: string;
  state: 'waiting' | 'working' | 'done' | 'failed';
  outcome: string | null;
  duplicate_of: string | null;
  errors: { path: string; message: string }[];
  evidence: string;
  account: string;
  version: number | null;
  created_at: string;
  updated_at: string;
  [field: string]: unknown;
}

/** A deleted event has only the fields up to `evidence`. */
export interface FeedEvent {
  id: string;
  action: 'add' | 'edit' | 'delete';
  version: number;
  changed_at: string;
  source_id: string;
  occurred_at: string;
  evidence: string;
  subj_id?: string;
  obj_id?: string;
  subj_work?: string;
  obj_work?: string;
  relation_type_id?: string;
  active_relation_type_id?: string;
  total?: number;
  total_type?: 'increment' | 'cumulative';
  timestamp?: string;
  account?: string;
  [field: string]: unknown;
}

export interface PageMeta {
  next_cursor: string | null;
  more: boolean;
  total?: number;
  facets?: Record<string, { value: string; count: number }[]>;
}

export interface EventResult {
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
  series?: { period: string; increments: number; events: number; snapshot: number | null }[];
}

export interface Work {
  id: string;
  identifiers: { type: string; value: string; url: string | null }[];
  title: string | null;
  author: unknown[] | null;
  issued: string | null;
  results: Record<string, number>;
  relations: Record<string, number>;
  usage: Record<string, number> | null;
  [field: string]: unknown;
}

export interface EventSource {
  id: string;
  title: string;
  private: boolean;
  cumulative: boolean;
  state: 'active' | 'retired';
  event_count: number | null;
  work_count: number | null;
  up_to: string | null;
  stale: boolean;
  coverage: { from: string; until: string }[];
  [field: string]: unknown;
}

export interface Alert {
  id: string;
  class: string;
  state: 'open' | 'confirmed' | 'rejected' | 'resolved';
  source_id: string | null;
  work_id: string | null;
  event: string | null;
  from: number | null;
  to: number | null;
  count: number;
  message: string;
  [field: string]: unknown;
}

/** Query parameters of a list, by their names in the API. */
export type ListOptions = Query;

export interface EventsApi {
  /** Pushes up to 10,000 deposits; good items of a mixed batch are taken. */
  push(
    deposits: readonly Deposit[],
    options?: { evidence?: string | undefined; agent?: string | undefined } & CallOptions,
  ): Promise<Pushed>;
  deposit(id: string, options?: CallOptions): Promise<DepositState>;
  deposits(query?: ListOptions, options?: CallOptions): Promise<{ meta: PageMeta; deposits: DepositState[] }>;
  delete(id: string, options?: CallOptions): Promise<Pushed>;
  /** One page of the feed; keep `meta.next_cursor`. */
  feed(query?: ListOptions, options?: CallOptions): Promise<{ meta: PageMeta; events: FeedEvent[] }>;
  event(id: string, options?: CallOptions): Promise<FeedEvent>;
  results(query?: ListOptions, options?: CallOptions): Promise<{ meta: PageMeta; results: EventResult[] }>;
  work(id: string, options?: CallOptions): Promise<Work>;
  works(query?: ListOptions, options?: CallOptions): Promise<{ meta: PageMeta; works: Work[] }>;
  sources(options?: CallOptions): Promise<EventSource[]>;
  source(id: string, options?: CallOptions): Promise<EventSource>;
  putSource(id: string, source: Record<string, unknown>, options?: CallOptions): Promise<EventSource>;
  alerts(query?: ListOptions, options?: CallOptions): Promise<{ meta: PageMeta; alerts: Alert[] }>;
  settleAlert(id: string, word: 'confirm' | 'reject', options?: CallOptions): Promise<Alert>;
  /** Keeps a raw response, to be named as the evidence of deposits. */
  keepResponse(
    body: Body,
    response: { contentType: string; url?: string; status?: number; agent?: string },
    options?: CallOptions,
  ): Promise<{ evidence: string; sha256: string }>;
  /** Resolves once no deposit waits and all totals are recomputed. */
  waitUntilSettled(options?: CallOptions & { onProgress?: (waiting: number) => void }): Promise<void>;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

export function eventsApi(transport: Transport, pause: Pause): EventsApi {
  const get = <T>(path: string, query: ListOptions = {}, { signal }: CallOptions = {}): Promise<T> =>
    transport.json<T>({ path, query, signal });
  const send = <T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    { signal }: CallOptions = {},
  ): Promise<T> =>
    transport.json<T>({
      method,
      path,
      signal,
      ...(body === undefined
        ? {}
        : { payload: payloadOf(JSON.stringify(body)), contentType: 'application/json' }),
    });
  const at = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;
  const deposits: EventsApi['deposits'] = (query, options) => get('/api/deposits', query, options);

  return {
    push: (items, { evidence, agent, signal } = {}) =>
      send('POST', '/api/deposits', { deposits: items, evidence, agent }, { signal }),
    deposit: async (id, options) =>
      (await get<{ deposit: DepositState }>(at('/api/deposits', id), {}, options)).deposit,
    deposits,
    delete: (id, options) => send('DELETE', at('/api/deposits', id), undefined, options),
    feed: (query, options) => get('/api/events', query, options),
    event: async (id, options) => (await get<{ event: FeedEvent }>(at('/api/events', id), {}, options)).event,
    results: (query, options) => get('/api/results', query, options),
    work: async (id, options) => (await get<{ work: Work }>(at('/api/works', id), {}, options)).work,
    works: (query, options) => get('/api/works', query, options),
    sources: async (options) => (await get<{ sources: EventSource[] }>('/api/sources', {}, options)).sources,
    source: async (id, options) =>
      (await get<{ source: EventSource }>(at('/api/sources', id), {}, options)).source,
    putSource: async (id, source, options) =>
      (await send<{ source: EventSource }>('PUT', at('/api/sources', id), source, options)).source,
    alerts: (query, options) => get('/api/alerts', query, options),
    settleAlert: async (id, word, options) =>
      (await send<{ alert: Alert }>('POST', `${at('/api/alerts', id)}/${word}`, undefined, options)).alert,
    keepResponse: (body, { contentType, url, status, agent }, { signal } = {}) =>
      transport.json({
        method: 'POST',
        path: '/api/evidence',
        query: { agent, url, status },
        payload: payloadOf(body),
        contentType,
        signal,
      }),
    async waitUntilSettled({ signal, onProgress } = {}) {
      for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 1.5, LONGEST_PAUSE_MS)) {
        const { queued: waiting } = await get<{ queued: number }>('/api/usage/status', {}, { signal });
        onProgress?.(waiting);
        if (waiting === 0) {
          const working = await deposits({ state: 'working', size: 1 }, { signal });
          if (working.deposits.length === 0) return;
        }
        await pause(waitMs, signal);
      }
    },
  };
}
