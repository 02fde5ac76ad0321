import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoPage } from './webmention-pages.ts';

export interface MentionOptions {
  /** Where the server listens. */
  baseUrl: string;
  /** Where the pages are served. */
  siteUrl: string;
  pages: readonly DemoPage[];
  onVerified(): void;
  signal?: AbortSignal | undefined;
}

/** Sends a webmention for each page, as any site would, and waits until the server has looked at all of them; answers how many count. */
export async function loadWebmentions({
  baseUrl,
  siteUrl,
  pages,
  onVerified,
  signal,
}: MentionOptions): Promise<number> {
  const init = signal === undefined ? {} : { signal };
  let accepted = 0;
  for (const { path, target } of pages) {
    const body = new URLSearchParams({ source: siteUrl + path, target });
    const answer = await fetch(`${baseUrl}/webmention`, { method: 'POST', body, ...init });
    const { id } = (await answer.json()) as { id?: string };
    if (id === undefined) throw new Error(`the webmention of ${path} was answered with ${answer.status}`);
    let status = 'queued';
    while (status === 'queued') {
      await sleep(50, undefined, init);
      const told = await fetch(`${baseUrl}/webmention/${id}`, init);
      ({ status } = (await told.json()) as { status: string });
    }
    if (status === 'accepted') accepted += 1;
    onVerified();
  }
  return accepted;
}
