import type { Outbound } from '../../platform/outbound/index.ts';
import { discoverEndpoint } from './discover.ts';
import type { Reader } from './reading/index.ts';

/** One line of a sender's report (events §9.3). */
export interface Sent {
  target: string;
  /** Null: the target wants no mentions. */
  endpoint: string | null;
  /** Of the endpoint's answer; any 2xx is success. Null: nothing was sent. */
  status: number | null;
  /** Where the state of the mention can be read. */
  location: string | null;
  error: string | null;
}

export interface SendParts {
  outbound: Outbound;
  reader: Reader;
}

export interface SendOptions {
  /** Finds the endpoint and sends nothing. */
  discoverOnly?: boolean;
}

/** Tells a target of a mention: finds its endpoint, posts source and target there. Never throws. */
export async function sendWebmention(
  parts: SendParts,
  source: string,
  target: string,
  options: SendOptions = {},
): Promise<Sent> {
  const nothing: Sent = { target, endpoint: null, status: null, location: null, error: null };
  const discovered = await discoverEndpoint(parts, target);
  if (!discovered.ok) return { ...nothing, error: discovered.error };
  const { endpoint } = discovered;
  if (endpoint === null || options.discoverOnly) return { ...nothing, endpoint };
  // The query of the endpoint stays in its address; the body has these two and nothing else.
  const answer = await parts.outbound.fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ source, target }).toString(),
    accept: 'application/json, */*;q=0.1',
    timeoutMs: 10_000,
    maxBytes: 64 * 1024,
    atLimit: 'cut',
  });
  if (!answer.ok) return { ...nothing, endpoint, error: answer.message };
  const { status, url, headers } = answer;
  const location = headers.location === undefined ? null : (URL.parse(headers.location, url)?.href ?? null);
  const succeeded = status >= 200 && status < 300;
  return {
    target,
    endpoint,
    status,
    location,
    error: succeeded ? null : `the endpoint answers with status ${status}`,
  };
}
