import { payloadOf } from './body.ts';
import { jsonLines } from './lines.ts';
import type { Search, SearchAnswer, Words } from './search.ts';
import type { Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A record of the register (specification `registry`, section 1). */
export interface RegistryRecord {
  id: string;
  created_date: string;
  last_updated: string;
  version_created: string;
  ver: number;
  register: JsonObject;
  admin: Record<string, JsonObject>;
}

/** Either the full form, with own admin data, or the register alone. */
export interface RecordBody {
  register: JsonObject;
  admin?: Record<string, JsonObject>;
}

export interface RecordStatistic {
  id: string;
  about: string;
  value: number;
  type: string;
  date: string;
  third_party: string;
}

export interface Created {
  id: string;
  location: string;
}

export interface VocabularyTerm {
  term: string;
  code?: string;
  /** How many records use it now. */
  in_use: number;
  /** False: in use, though the vocabulary does not list it. */
  listed?: boolean;
}

export interface Vocabulary {
  name: string;
  title: string;
  closed: boolean;
  terms: number;
}

/** A version that a record had before. */
export interface RecordVersion extends Omit<RegistryRecord, 'id'> {
  id: string;
  about: string;
  superseded: string;
  triggered_by_account: string;
}

/** Whole days or times, inclusive. */
export interface Range {
  since?: string | undefined;
  until?: string | undefined;
}

export interface WriteOptions extends CallOptions {
  /** An ETag of the record: refused with 412 when it has changed since. */
  ifMatch?: string | undefined;
}

export interface ApiUsage {
  day?: string;
  method?: string;
  route?: string;
  account?: string | null;
  requests: number;
  errors: number;
  bytes: number;
  ms_p50: number;
}

export interface RegistryApi {
  /** `lang` (BCP 47): that language laid over the default one, field by field. */
  record(id: string, options?: { lang?: string | undefined } & CallOptions): Promise<RegistryRecord>;
  /** The record as schema.org `DataCatalog`. */
  recordAsJsonLd(id: string, options?: CallOptions): Promise<JsonObject>;
  /** Earlier versions, newest first. */
  history(id: string, options?: Range & CallOptions): Promise<RecordVersion[]>;
  /** Not tried again after a lost connection: the record might be there twice. */
  create(body: RecordBody, options?: CallOptions): Promise<Created>;
  merge(id: string, body: RecordBody, options?: WriteOptions): Promise<void>;
  replace(id: string, body: RecordBody, options?: WriteOptions): Promise<void>;
  /** Leaves a tombstone. */
  delete(id: string, options?: WriteOptions): Promise<void>;
  putAdmin(id: string, data: JsonObject, options?: WriteOptions): Promise<void>;
  statistics(
    id: string,
    filter?: { from?: string; until?: string; provider?: string; type?: string } & CallOptions,
  ): Promise<RecordStatistic[]>;
  statistic(id: string, statisticId: string, options?: CallOptions): Promise<RecordStatistic>;
  /** Not tried again after a lost connection. */
  addStatistic(
    id: string,
    statistic: { type: string; value: number; date?: string },
    options?: CallOptions,
  ): Promise<Created>;
  deleteStatistic(id: string, statisticId: string, options?: CallOptions): Promise<void>;
  /** One page of what is found. `Source`: what `_source` or `fields` of the query leave of a record. */
  query<Source = RegistryRecord>(search: Search, options?: CallOptions): Promise<SearchAnswer<Source>>;
  /** Everything that is found, page by page; a query of its own decides the order. At most 100,000. */
  search(search: Search, options?: CallOptions): AsyncGenerator<RegistryRecord>;
  /** Every record by its last change, tombstones included, in pages. */
  changes(options?: Range & CallOptions): AsyncGenerator<RegistryRecord>;
  /** All records by id, as they arrive. */
  dump(options?: CallOptions): AsyncGenerator<RegistryRecord>;
  vocabularies(options?: CallOptions): Promise<Vocabulary[]>;
  vocabulary(
    name: string,
    options?: { policyType?: string | undefined } & CallOptions,
  ): Promise<VocabularyTerm[]>;
  /** JSON Schema of the register part of a record. */
  schema(options?: CallOptions): Promise<JsonObject>;
  /** How this API is used. */
  apiUsage(
    options?: { from?: string; until?: string; by?: 'day' | 'route' | 'account' } & CallOptions,
  ): Promise<ApiUsage[]>;
}

const pageSize = 500;

export function registryApi(transport: Transport): RegistryApi {
  const recordPath = (id: string) => `/record/${encodeURIComponent(id)}`;
  const statisticPath = (id: string, one: string) => `${recordPath(id)}/stat/${encodeURIComponent(one)}`;
  const write = async <T>(
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    { signal, ifMatch }: WriteOptions,
    again: 'always' | 'refused' = 'always',
  ): Promise<T> =>
    transport.json<T>({
      method,
      path,
      payload: payloadOf(JSON.stringify(body)),
      contentType: 'application/json',
      signal,
      ifMatch,
      // A second attempt would find the record changed by the first one.
      again: ifMatch === undefined ? again : 'refused',
    });
  const query = <Source = RegistryRecord>(search: Search, { signal }: CallOptions = {}) => {
    if (!isWords(search)) {
      return transport.json<SearchAnswer<Source>>({
        method: 'POST',
        path: '/query',
        payload: payloadOf(JSON.stringify(search)),
        contentType: 'application/json',
        signal,
      });
    }
    const { q, from, size, fields } = search;
    return transport.json<SearchAnswer<Source>>({
      path: '/query',
      query: { q, from, size, fields: fields?.join(',') },
      signal,
    });
  };

  return {
    record: (id, { lang, signal } = {}) => transport.json({ path: recordPath(id), query: { lang }, signal }),
    recordAsJsonLd: (id, { signal } = {}) => transport.json({ path: `${recordPath(id)}.jsonld`, signal }),
    history: (id, { since, until, signal } = {}) =>
      transport.json({ path: `${recordPath(id)}/history`, query: { since, until }, signal }),
    create: (body, call = {}) => write('POST', '/record', body, call, 'refused'),
    merge: async (id, body, call = {}) => void (await write('POST', recordPath(id), body, call)),
    replace: async (id, body, call = {}) => void (await write('PUT', recordPath(id), body, call)),
    async delete(id, { signal, ifMatch } = {}) {
      const again = ifMatch === undefined ? 'always' : 'refused';
      await transport.text({ method: 'DELETE', path: recordPath(id), signal, ifMatch, again });
    },
    putAdmin: async (id, data, call = {}) => void (await write('PUT', `${recordPath(id)}/admin`, data, call)),
    statistics: (id, { signal, ...filter } = {}) =>
      transport.json({ path: `${recordPath(id)}/stats`, query: filter, signal }),
    statistic: (id, one, { signal } = {}) => transport.json({ path: statisticPath(id, one), signal }),
    addStatistic: (id, statistic, call = {}) =>
      write('POST', `${recordPath(id)}/stats`, statistic, call, 'refused'),
    async deleteStatistic(id, one, { signal } = {}) {
      // The second attempt would be a 404 although the first one succeeded.
      await transport.text({ method: 'DELETE', path: statisticPath(id, one), signal, again: 'refused' });
    },
    query,
    async *search(search, call = {}) {
      for (let from = 0; from < mostFound; ) {
        const paged = { ...search, from, size: pageSize } as Search;
        const { hits } = await query(paged, call);
        for (const { _source: record } of hits.hits) yield record;
        from += hits.hits.length;
        if (hits.hits.length === 0 || from >= hits.total) return;
      }
    },
    async *changes({ since, until, signal } = {}) {
      for (let from = 0; ; ) {
        const { hits }: SearchAnswer = await transport.json({
          path: '/change',
          query: { since, until, from, size: pageSize },
          signal,
        });
        for (const { _source: record } of hits.hits) yield record;
        from += hits.hits.length;
        if (hits.hits.length === 0 || from >= hits.total) return;
      }
    },
    async *dump({ signal } = {}) {
      yield* jsonLines(await transport.stream({ path: '/dump', accept: 'application/x-ndjson', signal }));
    },
    vocabularies: ({ signal } = {}) => transport.json({ path: '/vocabularies', signal }),
    async vocabulary(name, { policyType, signal } = {}) {
      const { terms } = await transport.json<{ terms: VocabularyTerm[] }>({
        path: `/vocabularies/${encodeURIComponent(name)}`,
        query: { policy_type: policyType },
        signal,
      });
      return terms;
    },
    schema: ({ signal } = {}) => transport.json({ path: '/schemas/register', signal }),
    apiUsage: ({ from, until, by, signal } = {}) =>
      transport.json({ path: '/api/api-usage', query: { from, until, by }, signal }),
  };
}

/** What `/query` pages to at most. */
const mostFound = 100_000;

const isWords = (search: Search): search is Words => 'q' in search;
