import { setTimeout as sleep } from 'node:timers/promises';
import type { AlmanacClient } from '../src/client/index.ts';
import type { DemoProgress } from './load.ts';
import type { DemoPublication } from './publications.ts';
import { createDemoPages } from './webmention-pages.ts';
import type { DemoSite } from './webmention-site.ts';

export interface MentionOptions {
  client: AlmanacClient;
  /** Where the server listens, without a slash at the end. */
  baseUrl: string;
  site: DemoSite;
  publications: readonly DemoPublication[];
  /** Host of a repository of the sample. */
  repositoryHost: string;
  progress?: DemoProgress | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Shows pages that mention works and a repository of the sample, sends a webmention for each, as any site would, and waits
 * until the server has looked at them; answers how many count.
 */
export async function loadWebmentions(options: MentionOptions): Promise<number> {
  const { client, baseUrl, site, publications, repositoryHost, progress, signal } = options;
  const repository = await findRepository(client, repositoryHost, signal);
  const observatory = await findObservatory(baseUrl, repository, signal);
  const pages = createDemoPages({ publications, observatory, repository });
  site.show(pages);
  progress?.start('webmentions');
  progress?.total(pages.length);
  let accepted = 0;
  try {
    for (const { path, target } of pages) {
      const status = await send(baseUrl, site.url + path, target, signal);
      if (status === 'accepted') accepted += 1;
      progress?.advance(1);
    }
  } finally {
    progress?.end();
  }
  return accepted;
}

/** Sends one, and waits for what becomes of it. */
async function send(
  baseUrl: string,
  source: string,
  target: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const init = signal === undefined ? {} : { signal };
  const body = new URLSearchParams({ source, target });
  const answer = await fetch(`${baseUrl}/webmention`, { method: 'POST', body, ...init });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`the webmention of ${source} was answered with ${answer.status}`);
  for (;;) {
    const told = await fetch(baseUrl + location, init);
    const { status } = (await told.json()) as { status: string };
    if (status !== 'queued') return status;
    await sleep(50, undefined, init);
  }
}

async function findRepository(
  client: AlmanacClient,
  host: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  for await (const { id, register } of client.registry.changes({ signal })) {
    if (JSON.stringify(register.identifier ?? []).includes(JSON.stringify(host))) return id;
  }
  return null;
}

/** The server's public address: what a record says about where mentions of it go tells it. */
async function findObservatory(
  baseUrl: string,
  repository: string | null,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (repository === null) return baseUrl;
  const init = signal === undefined ? {} : { signal };
  const { headers } = await fetch(`${baseUrl}/record/${repository}`, { method: 'HEAD', ...init });
  return /<([^>]*)\/webmention>; rel="webmention"/.exec(headers.get('link') ?? '')?.[1] ?? baseUrl;
}
