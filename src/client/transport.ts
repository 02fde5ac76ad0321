import type { Payload } from './body.ts';
import { AlmanacError, parseProblem } from './error.ts';
import { type Pause, pause as realPause } from './pause.ts';
import { isRefusal, pauseMs, retryAfterMs } from './retry.ts';

/** What is needed of `fetch`. */
export type Send = (url: string, call: SentCall) => Promise<SentAnswer>;

export interface SentCall {
  method: string;
  headers: Record<string, string>;
  body?: Payload['value'];
  /** A streamed body needs it (Fetch standard, "half" is the only value). */
  duplex?: 'half';
  signal: AbortSignal;
}

export interface SentAnswer {
  ok: boolean;
  status: number;
  statusText: string;
  headers: { get(name: string): string | null };
  body: ReadableStream<Uint8Array> | null;
  text(): Promise<string>;
}

export interface TransportOptions {
  /** Where the server is: `http://127.0.0.1:8080`, with a path when it is mounted under one. */
  baseUrl: string;
  /** Token of an account; writes need one. */
  token?: string | undefined;
  /** Default: the global `fetch`. */
  fetch?: Send | undefined;
  /** Not sent by default. Browsers keep their own. */
  userAgent?: string | undefined;
  /** How often a call is tried again after 429, 503 or a dropped connection. Default 5. */
  retries?: number | undefined;
  /** Longest time of one attempt, its answer included, in milliseconds. Default 60,000. */
  timeoutMs?: number | undefined;
  /** Waits between attempts; for tests. */
  pause?: Pause | undefined;
}

export type Query = Record<string, string | number | undefined>;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  payload?: Payload;
  contentType?: string;
  accept?: string;
  /** Of a record: the call is refused (412) when it has changed since. */
  ifMatch?: string | undefined;
  signal?: AbortSignal | undefined;
  /**
   * `refused`: try again only when the server said that it did nothing (429, 503). Default `always`: also after a lost
   * connection or a timeout, since every write of this API is idempotent.
   */
  again?: 'always' | 'refused';
}

export interface Transport {
  json<T>(call: Call): Promise<T>;
  text(call: Call): Promise<string>;
  /** A body as it arrives, of any size: the time limit is for its beginning. */
  stream(call: Call): Promise<ReadableStream<Uint8Array>>;
}

type Attempt<T> =
  | { kind: 'answer'; body: T }
  | { kind: 'refused'; error: AlmanacError; waitMs: number | null }
  | { kind: 'lost'; error: AlmanacError };

/** Sends calls, tries again where that is safe, and turns every failure into an `AlmanacError`. */
export function createTransport(options: TransportOptions): Transport {
  const base = options.baseUrl.replace(/\/+$/, '');
  const send: Send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const retries = options.retries ?? 5;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const wait = options.pause ?? realPause;

  const text = (call: Call) => untilAnswered(call, (response) => response.text());

  async function untilAnswered<T>(call: Call, read: (response: SentAnswer) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(call, read);
      if (outcome.kind === 'answer') return outcome.body;
      const refused = outcome.kind === 'refused';
      const waitMs = pauseMs(attempt, refused ? outcome.waitMs : null);
      const mayRepeat = (call.payload?.repeatable ?? true) && (refused || call.again !== 'refused');
      if (!mayRepeat || attempt > retries || waitMs === null) throw outcome.error;
      await wait(waitMs, call.signal);
    }
  }

  async function attemptOnce<T>(call: Call, read: (response: SentAnswer) => Promise<T>): Promise<Attempt<T>> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, timeout.signal]) : timeout.signal;
    let response: SentAnswer;
    let body: string;
    try {
      response = await send(base + call.path + queryString(call.query), requestInit(call, signal));
      if (response.ok) return { kind: 'answer', body: await read(response) };
      body = await response.text();
    } catch (cause) {
      if (call.signal?.aborted) throw call.signal.reason;
      const title = timeout.signal.aborted ? `No answer within ${timeoutMs} ms` : 'The connection failed';
      const problem = { title, detail: `${base}: ${reasonOf(cause)}`, errors: [] };
      return { kind: 'lost', error: new AlmanacError(null, problem, { cause }) };
    } finally {
      clearTimeout(timer);
    }
    const error = new AlmanacError(response.status, parseProblem(body, response.statusText));
    if (!isRefusal(response.status)) throw error;
    return { kind: 'refused', error, waitMs: retryAfterMs(response.headers.get('retry-after'), Date.now()) };
  }

  function requestInit(call: Call, signal: AbortSignal): SentCall {
    const headers: Record<string, string> = { accept: call.accept ?? 'application/json' };
    if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
    if (options.userAgent !== undefined) headers['user-agent'] = options.userAgent;
    if (call.contentType !== undefined) headers['content-type'] = call.contentType;
    if (call.ifMatch !== undefined) headers['if-match'] = call.ifMatch;
    const init: SentCall = { method: call.method ?? 'GET', headers, signal };
    if (call.payload === undefined) return init;
    return { ...init, body: call.payload.value, ...(!call.payload.repeatable && { duplex: 'half' }) };
  }

  return {
    text,
    stream: (call) => untilAnswered(call, async ({ body }) => body ?? new ReadableStream()),
    async json<T>(call: Call): Promise<T> {
      const body = await text(call);
      try {
        return JSON.parse(body) as T;
      } catch (cause) {
        const problem = { title: 'The answer is not JSON', detail: body.slice(0, 200), errors: [] };
        throw new AlmanacError(null, problem, { cause });
      }
    },
  };
}

/** Leaves out what is undefined; `''` stays, since an empty value may be meant. */
function queryString(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** `fetch` hides the reason ("ECONNREFUSED …") one or two causes deep. */
function reasonOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause !== undefined) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return String(innermost);
  if (innermost.message !== '') return innermost.message;
  return 'code' in innermost ? String(innermost.code) : innermost.name;
}
