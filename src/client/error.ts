/** What a problem answer says (RFC 9457), with the contract's `errors` list of every fault found. */
export interface Problem {
  title: string;
  detail: string | null;
  errors: { path: string; message: string }[];
}

/**
 * Any call that did not end in the answer asked for.
 * `status` is the HTTP status, or null when no answer came (connection, timeout, a body that is no JSON).
 */
export class AlmanacError extends Error {
  readonly status: number | null;
  readonly problem: Problem;

  constructor(status: number | null, problem: Problem, options?: ErrorOptions) {
    super(describe(status, problem), options);
    this.name = 'AlmanacError';
    this.status = status;
    this.problem = problem;
  }
}

function describe(status: number | null, problem: Problem): string {
  const faults = problem.errors.map((fault) => `${fault.path}: ${fault.message}`);
  const head = status === null ? problem.title : `${status} ${problem.title}`;
  return [head, problem.detail, ...faults].filter((part) => part !== null && part !== '').join('; ');
}

/** Reads a problem body; anything else (a proxy's HTML page, an empty body) becomes a problem with a short detail. */
export function parseProblem(body: string, statusText: string): Problem {
  const fields = jsonObject(body);
  if (fields === null) {
    const text = body.trim().slice(0, 200);
    return { title: statusText || 'Error', detail: text === '' ? null : text, errors: [] };
  }
  return {
    title: typeof fields.title === 'string' ? fields.title : statusText || 'Error',
    detail: typeof fields.detail === 'string' ? fields.detail : null,
    errors: Array.isArray(fields.errors) ? fields.errors.flatMap(fault) : [],
  };
}

function fault(value: unknown): { path: string; message: string }[] {
  if (!isObject(value)) return [];
  return [{ path: String(value.path ?? ''), message: String(value.message ?? '') }];
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
