/**
 * Why no (whole) answer came. A closed list:
 * `address` refused by the guard (scheme, user info, port, private address) · `redirects` too many, a circle, or unreadable ·
 * `timeout` · `dns` · `tls` · `reset` connection refused, cut, or ended early · `too_large` · `protocol` not HTTP or not the
 * encoding it claims · `suspended` the host's breaker is open or it asked us to wait longer than a minute · `aborted` by the caller.
 */
export type FailureKind =
  | 'address'
  | 'redirects'
  | 'timeout'
  | 'dns'
  | 'tls'
  | 'reset'
  | 'too_large'
  | 'protocol'
  | 'suspended'
  | 'aborted';

/** `message` is fit for a status page: it never tells an address. `until` (ms since 1970) is set when suspended. */
export type OutboundFailure = {
  ok: false;
  kind: FailureKind;
  message: string;
  /** Requests sent, repeats and redirects included. */
  requests: number;
  until?: number;
};

/** How a failure travels through streams and through undici; only `body` iteration lets callers see it. */
export class OutboundError extends Error {
  readonly kind: FailureKind;
  readonly until: number | undefined;
  constructor(kind: FailureKind, message: string, until?: number) {
    super(message);
    this.name = 'OutboundError';
    this.kind = kind;
    this.until = until;
  }
}

const messages: Record<FailureKind, string> = {
  address: 'the address is not allowed',
  redirects: 'the redirects do not lead anywhere',
  timeout: 'no complete answer in time',
  dns: 'the host name cannot be resolved',
  tls: 'no secure connection could be made',
  reset: 'the connection failed or was cut',
  too_large: 'the answer is larger than allowed',
  protocol: 'the answer is not valid HTTP',
  suspended: 'the host is not asked for the time being',
  aborted: 'the request was given up',
};

/** Turns whatever a connection or a stream threw into one of the kinds. Unknown errors count as `reset`: they came from the wire. */
export function classify(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const kind = kindOfCode(codeOf(error));
  return new OutboundError(kind, messages[kind]);
}

export function failureOf(error: OutboundError, requests: number): OutboundFailure {
  const failure: OutboundFailure = { ok: false, kind: error.kind, message: error.message, requests };
  if (error.until !== undefined) failure.until = error.until;
  return failure;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error instanceof AggregateError && error.errors.length > 0 && !('code' in error))
    return codeOf(error.errors[0]);
  // undici's parser leaves the code out for some of its faults.
  if (error.name === 'HTTPParserError' && !('code' in error && error.code)) return 'HPE_UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}

function kindOfCode(code: string): FailureKind {
  if (/TIMEOUT|TIMEDOUT/.test(code)) return 'timeout';
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return 'dns';
  if (
    /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|CRL_|INVALID_CA)/.test(
      code,
    )
  )
    return 'tls';
  if (code === 'HPE_INVALID_EOF_STATE') return 'reset'; // a chunked body that ends in the middle
  if (/^(HPE_|Z_|ERR__ERROR|ERR_BROTLI|ERR_BUFFER|ERR_PADDING|ZSTD_|ERR_ZSTD)/.test(code)) return 'protocol';
  if (
    /^(UND_ERR_HEADERS_OVERFLOW|UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|ERR_INVALID_CHAR|ERR_INVALID_HTTP)/.test(
      code,
    )
  ) {
    return 'protocol';
  }
  return 'reset';
}
