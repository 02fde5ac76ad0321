import { payloadOf } from './body.ts';
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

export interface Page {
  total: number;
  records: RegistryRecord[];
}

export interface VocabularyTerm {
  term: string;
  code?: string;
  in_use: number;
}

export interface RegistryApi {
  record(id: string, options?: CallOptions): Promise<RegistryRecord>;
  /** Not tried again after a lost connection: the record might be there twice. */
  create(body: RecordBody, options?: CallOptions): Promise<Created>;
  merge(id: string, body: RecordBody, options?: CallOptions): Promise<void>;
  replace(id: string, body: RecordBody, options?: CallOptions): Promise<void>;
  putAdmin(id: string, data: JsonObject, options?: CallOptions): Promise<void>;
  statistics(
    id: string,
    filter?: { provider?: string; type?: string } & CallOptions,
  ): Promise<RecordStatistic[]>;
  /** Not tried again after a lost connection. */
  addStatistic(
    id: string,
    statistic: { type: string; value: number; date?: string },
    options?: CallOptions,
  ): Promise<Created>;
  /** Every record by its last change, tombstones included, in pages. */
  changes(options?: { since?: string } & CallOptions): AsyncGenerator<RegistryRecord>;
  vocabulary(name: string, options?: CallOptions): Promise<VocabularyTerm[]>;
}

interface ChangePage {
  hits: { total: number; hits: { _source: RegistryRecord }[] };
}

const pageSize = 500;

export function registryApi(transport: Transport): RegistryApi {
  const recordPath = (id: string) => `/record/${encodeURIComponent(id)}`;
  const write = async <T>(
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    { signal }: CallOptions,
    again: 'always' | 'refused' = 'always',
  ): Promise<T> =>
    transport.json<T>({
      method,
      path,
      payload: payloadOf(JSON.stringify(body)),
      contentType: 'application/json',
      signal,
      again,
    });

  return {
    record: (id, call = {}) => transport.json({ path: recordPath(id), signal: call.signal }),
    create: (body, call = {}) => write('POST', '/record', body, call, 'refused'),
    merge: async (id, body, call = {}) => void (await write('POST', recordPath(id), body, call)),
    replace: async (id, body, call = {}) => void (await write('PUT', recordPath(id), body, call)),
    putAdmin: async (id, data, call = {}) => void (await write('PUT', `${recordPath(id)}/admin`, data, call)),
    statistics: (id, { provider, type, signal } = {}) =>
      transport.json({ path: `${recordPath(id)}/stats`, query: { provider, type }, signal }),
    addStatistic: (id, statistic, call = {}) =>
      write('POST', `${recordPath(id)}/stats`, statistic, call, 'refused'),
    async *changes({ since, signal } = {}) {
      for (let from = 0; ; ) {
        const page: ChangePage = await transport.json({
          path: '/change',
          query: { since, from, size: pageSize },
          signal,
        });
        for (const { _source: record } of page.hits.hits) yield record;
        from += page.hits.hits.length;
        if (page.hits.hits.length === 0 || from >= page.hits.total) return;
      }
    },
    async vocabulary(name, call = {}) {
      const { terms } = await transport.json<{ terms: VocabularyTerm[] }>({
        path: `/vocabularies/${encodeURIComponent(name)}`,
        signal: call.signal,
      });
      return terms;
    },
  };
}
