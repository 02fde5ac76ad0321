import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { problem } from './http-problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: a POST that only reads (a query in the body), so it is not limited as a write. */
    reads?: boolean;
    /** Requests an address may make per minute, where the specification says how many (default: `RATE_LIMIT`). */
    perMinute?: number;
  }
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Limits per client address and minute, counted in the memory of this process:
 * writes that need no key, and unknown keys. Callers with a key are not limited.
 */
export async function limitRates(app: App, perMinute: number) {
  // Before the plugin, whose own hook reads the setting.
  app.addHook('onRoute', (route) => {
    const reads = [route.method].flat().every((method) => readMethods.has(method));
    if (reads || route.config?.reads || route.config?.right) return;
    route.config = {
      ...route.config,
      rateLimit: {
        max: route.config?.perMinute ?? perMinute,
        timeWindow: 60_000,
        allowList: (request: FastifyRequest) => request.account !== null,
      },
    };
  });
  await app.register(rateLimit, {
    global: false,
    cache: 10_000,
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': true,
    },
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
  });

  const failures = app.createRateLimit({ max: perMinute, timeWindow: 60_000 });
  return {
    async checkFailures(request: FastifyRequest) {
      const state = await failures(request, { increment: false });
      if (!state.isAllowed && state.remaining === 0) throw tooMany(state.ttl);
    },
    async countFailure(request: FastifyRequest) {
      await failures(request);
    },
  };
}

function tooMany(milliseconds: number) {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return problem(429, `Too many requests from this address; try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });
}
