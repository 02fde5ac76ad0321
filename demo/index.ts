import { type DemoOptions, type DemoSummary, loadDemo } from './load.ts';
import { createRepositories } from './repositories.ts';
import { createSample } from './sample.ts';
import { loadWebmentions } from './webmention-load.ts';
import type { DemoSite } from './webmention-site.ts';
import { inWords, type WhatToOpen, whatToOpen } from './what-to-open.ts';

export type { DemoOptions, DemoProgress, DemoSummary } from './load.ts';
export { startUpstreams } from './upstreams/start.ts';
export { type DemoSite, startDemoSite } from './webmention-site.ts';

/** Where the server listens unless it is told otherwise. */
const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Loads the sample and answers what to tell: figures, what to open, and all of it in words (`text`). */
export async function loadSample(
  options: DemoOptions & {
    baseUrl?: string | undefined;
    /** Where pages are served that mention the sample's works; without one there are no webmentions. */
    site?: DemoSite | undefined;
  },
): Promise<DemoSummary & WhatToOpen & { webmentions: number; text: string }> {
  const { summary } = await loadDemo(options);
  const baseUrl = (options.baseUrl ?? DEFAULT_URL).replace(/\/$/, '');
  const webmentions = options.site === undefined ? 0 : await mentions(options, baseUrl, options.site);
  const found = await whatToOpen(options.client, baseUrl, summary);
  if (webmentions > 0) {
    const url = `${baseUrl}/api/events?source_id=webmention`;
    found.open.push({ label: `What ${webmentions} pages said of them by webmention`, url });
  }
  return { ...summary, ...found, webmentions, text: inWords(summary, found) };
}

function mentions(options: DemoOptions, baseUrl: string, site: DemoSite): Promise<number> {
  const { publications } = createSample(options.now);
  const [repository] = createRepositories(options.now);
  return loadWebmentions({
    ...options,
    baseUrl,
    site,
    publications,
    repositoryHost: repository?.host ?? '',
  });
}
