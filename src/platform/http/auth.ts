import type { FastifyRequest } from 'fastify';
import type { Account, Right } from './account.ts';
import type { App } from './app.ts';
import { type HttpProblem, problem } from './http-problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right a caller needs; absent: no key is needed, though one that is given must be known. */
    right?: Right;
    /** True: `api_key` belongs to the route's own protocol and is not looked at (COUNTER). */
    ignoresKey?: boolean;
  }
  interface FastifyRequest {
    /** Who asks; null when no key was given. */
    account: Account | null;
  }
}

export interface AuthOptions {
  /** The account a token belongs to now, or null. Asked on every request, so that a revoked token stops at once. */
  authenticate: (token: string) => Promise<Account | null>;
  /** Throws when this client has tried too many unknown keys. */
  checkFailures: (request: FastifyRequest) => Promise<void>;
  /** Counts one unknown key. */
  countFailure: (request: FastifyRequest) => Promise<void>;
}

/**
 * 401 for no or an unknown key, 403 for a known one without the right; both before the body is read,
 * so that strangers learn nothing of what exists and cannot make the server read uploads.
 */
export function judgeCallers(app: App, { authenticate, checkFailures, countFailure }: AuthOptions): void {
  app.decorateRequest('account', null);

  app.addHook('onRequest', async (request) => {
    const { right, ignoresKey } = request.routeOptions.config;
    if (request.is404 || ignoresKey === true) return;
    const token = tokenOf(request);
    if (token === null) {
      if (right) throw unauthorized('A key is needed here.');
      return;
    }
    await checkFailures(request);
    request.account = await authenticate(token);
    if (request.account === null) {
      await countFailure(request);
      throw unauthorized('The key is not known.', ', error="invalid_token"');
    }
    if (right && !request.account.access[right]) {
      throw problem(403, `The account ${request.account.name} does not have the right "${right}".`);
    }
  });
}

/** `Authorization: Bearer TOKEN`, `Authorization: Token token=TOKEN`, or `?api_key=TOKEN`; the header wins. */
function tokenOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization ?? '';
  // Other schemes (Basic) belong to whatever stands in front of this server.
  const match = /^\s*(?:bearer\s+(\S+)|token\s+token\s*=\s*"?([^\s",]+)"?)\s*$/i.exec(header);
  const token = match?.[1] ?? match?.[2];
  if (token !== undefined) return token;
  const { api_key: key } = request.query as { api_key?: string | string[] };
  const first = Array.isArray(key) ? key[0] : key;
  return first === undefined || first === '' ? null : first;
}

function unauthorized(detail: string, more = ''): HttpProblem {
  return problem(401, detail, { headers: { 'www-authenticate': `Bearer realm="almanac"${more}` } });
}
