import type { Metrics } from '../metrics/index.ts';
import type { App } from './app.ts';
import { isoSeconds } from './time.ts';
import { Type } from './type.ts';

/** Null when all is well, otherwise one sentence that says what is not (shown to anybody who asks). */
export type HealthCheck = () => Promise<string | null>;

const Health = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]),
  version: Type.String(),
  time: Type.String(),
  checks: Type.Record(Type.String(), Type.String({ description: '"ok", or what is wrong' })),
});

/** `GET /health`: 200 once every check passes, 503 with the reasons when one does not. */
export function registerHealth(app: App, version: string, checks: Record<string, HealthCheck>): void {
  app.get(
    '/health',
    {
      logLevel: 'warn',
      // The first question of all: it does not wait for a compiler of schemas to be loaded.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
      schema: {
        tags: ['Server'],
        summary: 'Whether the server can serve',
        response: { 200: Health, 503: Health },
      },
    },
    async (_request, reply) => {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, (await answerOf(check)) ?? 'ok'] as const),
      );
      const ok = results.every(([, result]) => result === 'ok');
      reply.header('cache-control', 'no-store');
      if (!ok) reply.code(503).header('retry-after', '5');
      return {
        status: ok ? ('ok' as const) : ('unavailable' as const),
        version,
        time: isoSeconds(Date.now()),
        checks: Object.fromEntries(results),
      };
    },
  );
}

// A check that throws says nothing fit for strangers.
const answerOf = (check: HealthCheck) => check().catch(() => 'cannot be asked');

/** `GET /metrics`: Prometheus text. */
export function registerMetrics(app: App, metrics: Metrics): void {
  app.get(
    '/metrics',
    {
      logLevel: 'warn',
      schema: {
        tags: ['Server'],
        summary: 'Prometheus metrics',
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );
}
