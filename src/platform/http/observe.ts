import type { Metrics } from '../metrics/index.ts';
import type { App } from './app.ts';

/** Counts every answer by route and logs it at level `debug`, by route pattern: paths hold identifiers, queries keys. */
export function observeRequests(app: App, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    request.log.debug(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
}
