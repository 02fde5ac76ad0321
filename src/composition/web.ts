import { resolve } from 'node:path';
import type { Config } from '../platform/config/index.ts';
import type { App } from '../platform/http/index.ts';
import type { Log } from '../platform/log/index.ts';
import { addPages } from '../platform/pages/index.ts';

const folder = resolve(import.meta.dirname, '../../web/build');

/** The web interface. Comes after all routes of the API, which have the first say on an address. */
export async function composeWeb(
  app: App,
  config: Config,
  log: Log,
  { isDemo }: { isDemo: boolean },
): Promise<void> {
  await addPages(app, { log, folder, publicUrl: config.publicUrl, isDemo });
}
