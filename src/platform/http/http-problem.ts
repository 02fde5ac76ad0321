/** One fault of the input. `path`: a JSON pointer into the body, or the name of a query parameter. */
export interface Fault {
  path: string;
  message: string;
}

export interface ProblemExtras {
  errors?: Fault[];
  headers?: Record<string, string>;
}

/**
 * An answer that is a problem. Routes throw it for what a service returned as a failure;
 * services themselves never do, they return values.
 */
export class HttpProblem extends Error {
  readonly status: number;
  readonly errors: Fault[];
  readonly headers: Record<string, string>;

  constructor(status: number, detail: string, { errors = [], headers = {} }: ProblemExtras = {}) {
    super(detail);
    this.name = 'HttpProblem';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

/**
 * `throw problem(404, 'No work has this identifier.')`.
 * @param detail one sentence for the caller; it is shown as it is, so no SQL, paths or stack traces.
 */
export function problem(status: number, detail: string, extras: ProblemExtras = {}): HttpProblem {
  return new HttpProblem(status, detail, extras);
}

/** 400 that names every fault of the input. */
export function badInput(errors: Fault[]): HttpProblem {
  const [first] = errors;
  const detail =
    errors.length === 1 && first
      ? `${first.path || 'The body'} ${first.message}.`
      : `The request has ${errors.length} faults.`;
  return problem(400, detail, { errors });
}

/** 503 after which the caller should try again. */
export function unavailable(detail: string, retryAfterSeconds = 5): HttpProblem {
  return problem(503, detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
}
