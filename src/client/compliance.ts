import { payloadOf } from './body.ts';
import { AlmanacError } from './error.ts';
import type { Pause } from './pause.ts';
import type { Call, Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

/** How far a list is. */
export interface ComplianceProgress {
  progress_url: string;
  /** 0 to 100, two decimals; 100 only when complete. */
  pc: number;
  queue: number | '11 or more';
  results_url: string;
  status: 'submitted' | 'processing' | 'complete' | 'error';
  message?: string;
  webhook_callback?: string;
  /** How calling it went; once the list is over. */
  webhook?: {
    delivered_at: string | null;
    next_try_at: string | null;
    tries: { at: string; outcome: string }[];
  };
  counts: { rows: number; records: number; ignored: number; done: number; unavailable: number };
}

/** Options of a list; see the documentation of `POST /api/compliancejob`. */
export interface ComplianceOptions {
  webhook_callback?: string | undefined;
  contact_email?: string | undefined;
  policies?: string[] | undefined;
  panel?: 'A' | 'B' | 'C' | 'D' | undefined;
  /** Seconds. */
  give_up_after?: number | undefined;
  publisher_pages?: boolean | undefined;
}

export interface ListedArticle {
  doi?: string | number | null;
  pmid?: string | number | null;
  pmcid?: string | number | null;
  title?: string | null;
  [column: string]: unknown;
}

export interface ComplianceRecord {
  id: string;
  created_date: string;
  last_updated: string;
  upload: { id: string; pos: number };
  source: Record<string, string>;
  identifiers: Record<'pmcid' | 'pmid' | 'doi' | 'title', string | null>;
  supporting_info: Record<string, unknown>;
  compliance: Record<string, unknown>;
  verdicts?: Record<string, { compliant: string; applies: string; because: object[] }>;
  provenance: { by: string; when: string; note: string; code: string; params?: Record<string, unknown> }[];
}

export interface CompliancePage {
  total: number;
  from: number;
  size: number;
  records: ComplianceRecord[];
}

/** A list that was handed in: its id and how far it is. */
export type HandedIn = ComplianceProgress & { id: string };

export interface ComplianceApi {
  /** Not tried again after a lost connection: the list may have been taken. */
  submit(articles: readonly ListedArticle[], options?: ComplianceOptions & CallOptions): Promise<HandedIn>;
  /** A CSV or XLSX file. */
  submitFile(file: Blob, filename: string, options?: ComplianceOptions & CallOptions): Promise<HandedIn>;
  progress(id: string, options?: CallOptions): Promise<ComplianceProgress>;
  /** Asks until the list is complete or in error; `onProgress` is told each time. */
  waitUntilOver(
    id: string,
    options?: { onProgress?: (progress: ComplianceProgress) => void } & CallOptions,
  ): Promise<ComplianceProgress>;
  /** One page of records; `from` counts records, not rows. */
  page(id: string, options?: { from?: number; size?: number } & CallOptions): Promise<CompliancePage>;
  /** All records in their order, page by page. */
  records(id: string, options?: CallOptions): AsyncGenerator<ComplianceRecord>;
  record(id: string, pos: number, options?: CallOptions): Promise<ComplianceRecord>;
  /** The table of results as it is now, as it comes. */
  download(id: string, format?: 'csv' | 'xlsx' | 'json', options?: CallOptions): AsyncIterable<Uint8Array>;
  original(id: string, options?: CallOptions): AsyncIterable<Uint8Array>;
  /** Sources that did not answer are asked again now. */
  retry(id: string, options?: CallOptions): Promise<ComplianceProgress>;
}

const pageSize = 1_000;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

export function complianceApi(transport: Transport, pause: Pause): ComplianceApi {
  const job = (id: string) => `/api/compliancejob/${encodeURIComponent(id)}`;
  /** What streams in, part by part; not every browser lets one walk through a stream. */
  async function* partsOf(call: Call): AsyncGenerator<Uint8Array> {
    const reader = (await transport.stream(call)).getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    } finally {
      await reader.cancel();
    }
  }
  const progress: ComplianceApi['progress'] = (id, { signal } = {}) =>
    transport.json({ path: `/api/compliancejob/progress/${encodeURIComponent(id)}`, signal });
  const page: ComplianceApi['page'] = (id, { from, size, signal } = {}) =>
    transport.json({ path: `${job(id)}/records`, query: { from, size }, signal });

  return {
    async submit(articles, { signal, ...options } = {}) {
      const handedIn = await transport.json<ComplianceProgress>({
        method: 'POST',
        path: '/api/compliancejob',
        payload: payloadOf(JSON.stringify({ articles, ...options })),
        contentType: 'application/json',
        signal,
        again: 'refused',
      });
      return withId(handedIn);
    },
    async submitFile(file, filename, { signal, ...options } = {}) {
      const form = new FormData();
      form.set('options', JSON.stringify(options));
      form.set('file', file, filename);
      const handedIn = await transport.json<ComplianceProgress>({
        method: 'POST',
        path: '/api/compliancejob',
        payload: { value: form, repeatable: true },
        signal,
        again: 'refused',
      });
      return withId(handedIn);
    },
    progress,
    async waitUntilOver(id, { onProgress, signal } = {}) {
      for (let ms = firstPauseMs; ; ms = Math.min(ms * 1.5, longestPauseMs)) {
        const now = await progress(id, { signal });
        onProgress?.(now);
        if (now.status === 'complete' || now.status === 'error') return now;
        await pause(ms, signal);
      }
    },
    page,
    async *records(id, { signal } = {}) {
      for (let from = 0; ; ) {
        const { total, records } = await page(id, { from, size: pageSize, signal });
        yield* records;
        from += records.length;
        if (records.length === 0 || from >= total) return;
      }
    },
    record: (id, pos, { signal } = {}) => transport.json({ path: `${job(id)}/records/${pos}`, signal }),
    download: (id, format = 'csv', { signal } = {}) =>
      partsOf({
        path: `/download_progress/${encodeURIComponent(id)}`,
        query: { format },
        accept: '*/*',
        signal,
      }),
    original: (id, { signal } = {}) =>
      partsOf({ path: `/download_original/${encodeURIComponent(id)}`, accept: '*/*', signal }),
    retry: (id, { signal } = {}) => transport.json({ method: 'POST', path: `${job(id)}/retry`, signal }),
  };
}

function withId(progress: ComplianceProgress): HandedIn {
  const id = progress.progress_url.split('/').at(-1);
  if (id === undefined || id === '')
    throw new AlmanacError(null, {
      title: 'The answer names no list',
      detail: progress.progress_url,
      errors: [],
    });
  return { ...progress, id };
}
