import type { Outbound } from '../../platform/outbound/index.ts';
import type { SourceResponse } from './evidence-path.ts';
import { type Finding, findingOfFailure } from './findings.ts';

const TIMEOUT_MS = 5_000;
/** With waiting for the host's turn: whoever waits longer gives its place to others and comes back. */
const PATIENCE_MS = 20_000;

export type FetchedSource = { ok: true; response: SourceResponse } | { ok: false; finding: Finding };

/** Asks for a source once (events §9.2). */
export async function fetchSource(
  outbound: Outbound,
  source: string,
  signal: AbortSignal,
): Promise<FetchedSource> {
  const answer = await outbound.fetch(source, {
    accept: 'text/html, application/xhtml+xml, application/json, text/plain',
    maxRedirects: 10,
    timeoutMs: TIMEOUT_MS,
    maxBytes: 1024 * 1024,
    atLimit: 'cut',
    retries: 0,
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  if (!answer.ok) return { ok: false, finding: findingOfFailure(answer.kind) };
  const { url, status, bytes, headers } = answer;
  return { ok: true, response: { url, status, bytes, contentType: headers['content-type'] ?? '' } };
}
