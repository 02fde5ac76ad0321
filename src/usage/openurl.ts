import { parseIdentifier } from '../identifiers/index.ts';
import { parseTimestamp, readRequester } from './context-objects/index.ts';
import type { EventToKeep } from './delivery.ts';

const MS_PER_DAY = 86_400_000;

export interface Ping {
  event: EventToKeep;
  /** Host of the repository, when the ping names one: the source. */
  source: string | null;
}

export interface PingFault {
  path: string;
  message: string;
}

/**
 * Reads a tracker ping, the key/value form of a context object as IRUS trackers send it (specification §2.3). Keys that
 * are not of this form are ignored. Every fault is named.
 */
export function readPing(
  query: Readonly<Record<string, unknown>>,
  now: number,
): { ok: true; ping: Ping } | { ok: false; faults: PingFault[] } {
  const faults: PingFault[] = [];
  const fault = (path: string, message: string): void => {
    faults.push({ path, message });
  };
  const value = (name: string): string | null => {
    const given = query[name];
    const text = Array.isArray(given) ? given[0] : given;
    if (Array.isArray(given) && given.some((other) => other !== text)) fault(name, 'is given more than once');
    if (typeof text !== 'string') return null;
    if (text.includes('\u0000')) fault(name, 'contains a null character');
    return text;
  };
  const version = value('url_ver');
  if (version !== 'Z39.88-2004') fault('url_ver', 'must be Z39.88-2004');

  const time = readTime(value('url_tim'), now, fault);
  const identifiers: string[] = [];
  for (const name of ['rft.artnum', 'rft_id']) {
    const text = value(name);
    if (text === null || text.trim() === '') continue;
    const parsed = parseIdentifier(text);
    if (!parsed.ok) fault(name, `is not an identifier: ${parsed.reason}`);
    else if (!identifiers.includes(parsed.identifier.id)) identifiers.push(parsed.identifier.id);
  }
  if (identifiers.length === 0 && !faults.some(({ path }) => path.startsWith('rft'))) {
    fault('rft.artnum', 'is needed, unless rft_id is there');
  }
  const kind = (value('rft_dat') ?? 'Request').toLowerCase();
  if (kind !== 'request' && kind !== 'investigation') fault('rft_dat', 'must be Request or Investigation');
  const requester = readRequester(value('req_id') ?? '');
  const url = value('svc_dat');
  const source = value('rfr_id');
  const event: EventToKeep = {
    position: 1,
    recordPosition: null,
    identifier: null,
    time,
    identifiers,
    url: url === null || url === '' ? null : (url.split('#', 1)[0] ?? ''),
    kind: kind === 'investigation' ? 'investigation' : 'request',
    method: null,
    status: null,
    excludedClass: false,
    address: requester?.kind === 'address' ? requester.text : null,
    hashedAddress: requester?.kind === 'hash' ? requester.text : null,
    userAgent: value('req_dat'),
    user: null,
    cookie: null,
    session: value('svc.session') || null,
    country: null,
    referrer: value('rfr_dat'),
    repository: source,
  };
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    ping: { event, source: source === null || source.trim() === '' ? null : source.trim() },
  };
}

/** The time; trackers %-encode it twice at times. */
function readTime(text: string | null, now: number, fault: (path: string, message: string) => void): number {
  if (text === null || text === '') {
    fault('url_tim', 'is needed');
    return 0;
  }
  const time = parseTimestamp(text) ?? parseTimestamp(decoded(text));
  if (time === null) fault('url_tim', 'must be ISO 8601 with time');
  else if (time > now + MS_PER_DAY) fault('url_tim', 'is more than 24 hours in the future');
  return time ?? 0;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
