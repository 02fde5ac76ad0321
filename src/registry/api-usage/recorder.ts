import { hash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sql } from '../../platform/database/index.ts';
import type { App } from '../../platform/http/index.ts';
import type { Log } from '../../platform/log/index.ts';
import { type ApiCall, insertCalls } from './api-usage.store.ts';

/** Within 5 s everything is there to be read (registry.md §6); 1 s leaves room. */
const flushMs = 1_000;
/** With the database away, more calls than this are not remembered. */
const mostWaiting = 50_000;

// Asked every few seconds by machines; would drown everything else.
const leftOut = new Set(['/health', '/metrics']);

/**
 * Notes every call of the API off the request path: route, names of parameters, account, duration, size; never a key, a value
 * or an address. The address goes through a keyed hash whose key lives for a day in this process only.
 */
export function recordApiUsage(app: App, { sql, log, now }: { sql: Sql; log: Log; now(): number }) {
  let waiting: ApiCall[] = [];
  let flushing: Promise<void> = Promise.resolve();
  let key = { day: '', secret: '' };

  function callerHash(address: string, day: string): string {
    if (key.day !== day) key = { day, secret: randomBytes(32).toString('hex') };
    // Cut to half its length, so that the form of an HMAC, which takes five times as long, would add nothing.
    return hash('sha256', key.secret + address).slice(0, 32);
  }

  app.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    const route = request.routeOptions.url;
    if (route === undefined || leftOut.has(route) || waiting.length >= mostWaiting) return;
    const at = new Date(now()).toISOString();
    waiting.push({
      at,
      method: request.method,
      route,
      parameters: parameterNames(request.query),
      status: reply.statusCode,
      ms: reply.elapsedTime,
      bytes: Number(reply.getHeader('content-length') ?? 0),
      account: request.account?.name ?? null,
      agent: agentFamily(request.headers['user-agent']),
      caller: callerHash(request.ip, at.slice(0, 10)),
    });
  });

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const calls = waiting;
    waiting = [];
    try {
      await insertCalls(sql, calls);
    } catch (error) {
      log.warn({ err: error, calls: calls.length }, 'calls of the API were not noted');
    }
  }

  function flushInTurn(): Promise<void> {
    flushing = flushing.then(flush);
    return flushing;
  }

  const timer = setInterval(() => void flushInTurn(), flushMs);
  timer.unref();
  return {
    flush: flushInTurn,
    async stop(): Promise<void> {
      clearInterval(timer);
      await flushInTurn();
    },
  };
}

function parameterNames(query: unknown): string[] {
  if (typeof query !== 'object' || query === null) return [];
  return Object.keys(query)
    .filter((name) => name !== 'api_key')
    .map((name) => name.slice(0, 64).replaceAll('\u0000', ''))
    .sort()
    .slice(0, 50);
}

/** The first product of a User-Agent, without its version. */
export function agentFamily(header: string | undefined): string {
  const first = /^\s*([\p{L}\p{N}._-]{1,64})/u.exec(header ?? '')?.[1];
  return first ?? 'none';
}
