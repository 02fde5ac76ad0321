/** What a caller may say about a request. Header names in any case; `host`, lengths and connection headers are ours. */
export type OutboundRequest = {
  method?: string;
  headers?: Record<string, string>;
  /** Kept in memory, because a retry or a redirect may send it again. */
  body?: string | Uint8Array;
  /** One try in all: connecting, redirects, the last byte of the body. Default 30 s. Waiting for the host's turn does not count. */
  timeoutMs?: number;
  /** One try until the headers are there; default: the whole time. */
  firstByteMs?: number;
  /** Of the decoded body. Default 100 MiB. */
  maxBytes?: number;
  /** What happens past `maxBytes`: `fail` (default) with `too_large`, or `cut` the body there. */
  atLimit?: 'fail' | 'cut';
  /** Default 5. */
  maxRedirects?: number;
  /** `return` hands a redirect back like any other answer; default `follow`. */
  redirects?: 'follow' | 'return';
  /** The `Accept` header. */
  accept?: string;
  /** Further tries after the first. Default 4 for GET and HEAD, 0 for all else. */
  retries?: number;
  signal?: AbortSignal;
  /** Path and query of the first request exactly as they are to be sent; default: those of the URL as parsed. */
  target?: string;
};

export type Settled = Required<
  Omit<OutboundRequest, 'headers' | 'body' | 'accept' | 'signal' | 'firstByteMs' | 'target'>
> & {
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  firstByteMs: number | null;
  signal: AbortSignal | undefined;
  target: string | null;
};

const ours = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'accept-encoding',
]);

/** Fills in the defaults (events.md §5.2: 30 s, 5 redirects, 100 MiB, 5 tries). */
export function settle(request: OutboundRequest, always: Record<string, string>): Settled {
  const method = (request.method ?? 'GET').toUpperCase();
  const given = Object.entries(request.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return {
    method,
    headers: {
      accept: request.accept ?? '*/*',
      ...Object.fromEntries(given.filter(([name]) => !ours.has(name))),
      ...always,
    },
    body: request.body ?? null,
    timeoutMs: request.timeoutMs ?? 30_000,
    firstByteMs: request.firstByteMs ?? null,
    maxBytes: request.maxBytes ?? 100 * 1024 * 1024,
    atLimit: request.atLimit ?? 'fail',
    maxRedirects: request.maxRedirects ?? 5,
    redirects: request.redirects ?? 'follow',
    retries: request.retries ?? (method === 'GET' || method === 'HEAD' ? 4 : 0),
    signal: request.signal,
    target: request.target ?? null,
  };
}
