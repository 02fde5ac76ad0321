import type { Outbound } from '../../platform/outbound/index.ts';
import type { Reader } from './reading/index.ts';

export type Discovered = { ok: true; endpoint: string | null } | { ok: false; error: string };

/**
 * Where a target wants to be told of mentions (events §9.3): one GET, first 1 MiB, after redirects. `endpoint: null`: it does
 * not say, or has no page to say it on. An endpoint may be anywhere: sending goes through the guarded door too.
 */
export async function discoverEndpoint(
  { outbound, reader }: { outbound: Outbound; reader: Reader },
  target: string,
): Promise<Discovered> {
  const answer = await outbound.fetch(target, {
    accept: 'text/html, application/xhtml+xml, */*;q=0.1',
    timeoutMs: 10_000,
    maxBytes: 1024 * 1024,
    atLimit: 'cut',
    retries: 0,
  });
  if (!answer.ok) return { ok: false, error: answer.message };
  const { url, bytes, headers, status } = answer;
  const { link = '', 'content-type': contentType = '' } = headers;
  const endpoint = await reader.findEndpoint({ url, link, contentType, bytes });
  // A page that is gone may still say where mentions of it go.
  if (endpoint === null && (status < 200 || status > 299))
    return { ok: false, error: `the target answers with status ${status}` };
  return { ok: true, endpoint };
}
