import { payloadOf } from './body.ts';
import type { Created, Json, JsonObject } from './registry.ts';
import type { Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

/** What is suggested: an address, a whole register, or a correction of the record `about`. */
export interface NewSuggestion {
  url?: string;
  register?: JsonObject;
  about?: string;
  contact?: { name?: string; email?: string };
  comment?: string;
  source?: string;
}

export interface Suggested extends Created {
  status: SuggestionStatus;
  /** Ids of records at the same address. */
  duplicate_of: string[];
}

export type SuggestionStatus = 'pending' | 'accepted' | 'rejected';

/** What everybody may see of a suggestion. */
export interface Suggestion {
  id: string;
  status: SuggestionStatus;
  submitted: string;
  about?: string;
  register: JsonObject;
  duplicate_of: string[];
  /** What the harvest module found out. */
  detected: JsonObject | null;
  /** Id of the record it became part of. */
  record?: string;
  reason?: string;
}

/** The same for who reviews. `differences`: where it says something else than the record. */
export interface SuggestionForReview extends Suggestion {
  contact: { name?: string; email?: string } | null;
  comment: string | null;
  source: string | null;
  differences: { path: string; have: Json; found: Json }[];
  decided_by?: string | null;
  decided?: string;
}

export interface SuggestionsApi {
  /** Null when the server took the sender for a robot. The same address again gives the older suggestion. */
  create(suggestion: NewSuggestion, options?: CallOptions): Promise<Suggested | null>;
  get(id: string, options?: CallOptions): Promise<Suggestion>;
  /** One page, oldest first (right `registry`). */
  page(
    options?: { status?: SuggestionStatus; from?: number; size?: number } & CallOptions,
  ): Promise<{ total: number; suggestions: SuggestionForReview[] }>;
  /** All pages. A suggestion decided meanwhile moves the others up: read pending ones to the end before deciding. */
  list(options?: { status?: SuggestionStatus } & CallOptions): AsyncGenerator<SuggestionForReview>;
  /** Becomes a record, or part of `about`; `register` is an edited version. */
  accept(
    id: string,
    body?: { register?: JsonObject; about?: string },
    options?: CallOptions,
  ): Promise<Created>;
  reject(id: string, reason: string, options?: CallOptions): Promise<void>;
}

const pageSize = 200;

export function suggestionsApi(transport: Transport): SuggestionsApi {
  const path = (id: string) => `/suggest/${encodeURIComponent(id)}`;
  const post = <T>(to: string, body: object, { signal }: CallOptions): Promise<T> =>
    transport.json<T>({
      method: 'POST',
      path: to,
      payload: payloadOf(JSON.stringify(body)),
      contentType: 'application/json',
      signal,
      // A decision that arrives twice is a 409 the second time, which would hide that the first one held.
      again: 'refused',
    });
  const page: SuggestionsApi['page'] = ({ status, from, size, signal } = {}) =>
    transport.json({ path: '/suggest', query: { status, from, size }, signal });
  return {
    async create(suggestion, { signal } = {}) {
      const text = await transport.text({
        method: 'POST',
        path: '/suggest',
        payload: payloadOf(JSON.stringify(suggestion)),
        contentType: 'application/json',
        signal,
      });
      return text === '' ? null : (JSON.parse(text) as Suggested);
    },
    get: (id, call = {}) => transport.json({ path: path(id), signal: call.signal }),
    page,
    async *list({ status, signal } = {}) {
      for (let from = 0; ; from += pageSize) {
        const { total, suggestions } = await page({
          ...(status && { status }),
          from,
          size: pageSize,
          signal,
        });
        yield* suggestions;
        if (suggestions.length === 0 || from + suggestions.length >= total) return;
      }
    },
    accept: (id, body = {}, call = {}) => post(`${path(id)}/accept`, body, call),
    reject: async (id, reason, call = {}) => void (await post(`${path(id)}/reject`, { reason }, call)),
  };
}
