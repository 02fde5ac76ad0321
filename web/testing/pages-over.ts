import { resolve } from 'node:path';
import { type App, createHttp } from '../../src/platform/http/index.ts';
import { createMetrics } from '../../src/platform/metrics/index.ts';
import { addPages } from '../../src/platform/pages/index.ts';
import { quietLog } from '../../src/testing/index.ts';

const folder = resolve(import.meta.dirname, '../build');

/** The pages over an API that a test plays: `addRoutes` answers in the shapes of the contract. */
export async function pagesOver(
  addRoutes: (app: App) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  const app = await createHttp({
    config: { publicUrl: null, rateLimit: 1_000_000, trustProxy: [] },
    log: quietLog,
    metrics: createMetrics(),
    version: '0.0.0',
    authenticate: async () => null,
    isUnavailable: () => false,
  });
  addRoutes(app);
  await addPages(app, { log: quietLog, folder, publicUrl: null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, stop: () => app.close() };
}
