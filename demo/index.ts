import { type DemoOptions, type DemoSummary, loadDemo } from './load.ts';
import { inWords, type WhatToOpen, whatToOpen } from './what-to-open.ts';

export type { DemoOptions, DemoProgress, DemoSummary } from './load.ts';

export { startUpstreams } from './upstreams/start.ts';

/** Where the server listens unless it is told otherwise. */
const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Loads the sample and answers what to tell: figures, what to open, and all of it in words (`text`). */
export async function loadSample(
  options: DemoOptions & { baseUrl?: string | undefined },
): Promise<DemoSummary & WhatToOpen & { text: string }> {
  const { summary } = await loadDemo(options);
  const found = await whatToOpen(options.client, options.baseUrl ?? DEFAULT_URL, summary);
  return { ...summary, ...found, text: inWords(summary, found) };
}
