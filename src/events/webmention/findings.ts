import type { FailureKind } from '../../platform/outbound/index.ts';
import type { Mention, Reading } from './reading/index.ts';

/** What one look at a source found. `reason` is for the status page and says nothing about any host. */
export type Finding =
  | { kind: 'linked'; mention: Mention }
  /** The source says that there is nothing, or nothing any more. */
  | { kind: 'absent'; reason: string }
  /** No look at it will be made again by itself, and it says nothing about the link. */
  | { kind: 'refused'; reason: string }
  /** It may be otherwise in a while. */
  | { kind: 'outage'; reason: string };

/** Failures that waiting does not mend. */
const FINAL: Partial<Record<FailureKind, string>> = {
  address: 'address_not_allowed',
  redirects: 'too_many_redirects',
};

const OUTAGES: Partial<Record<FailureKind, string>> = {
  timeout: 'timeout',
  // Our own bound on waiting and reading together.
  aborted: 'timeout',
  dns: 'dns',
  tls: 'tls',
};

export function findingOfFailure(kind: FailureKind): Finding {
  const final = FINAL[kind];
  if (final !== undefined) return { kind: 'refused', reason: final };
  return { kind: 'outage', reason: OUTAGES[kind] ?? 'connection' };
}

/** A status that is not 2xx (events §9.2). A redirect without a place to go is an answer like any other 4xx. */
export function findingOfStatus(status: number): Finding {
  if (status === 410) return { kind: 'absent', reason: 'gone' };
  return { kind: status >= 500 ? 'outage' : 'refused', reason: `http_${status}` };
}

export function findingOfReading(reading: Reading): Finding {
  if (reading.kind === 'linked') return reading;
  if (reading.kind === 'unreadable') return { kind: 'refused', reason: 'unreadable' };
  return { kind: 'absent', reason: reading.kind };
}
