import type { Finding } from './findings.ts';

export type Status = 'queued' | 'accepted' | 'rejected' | 'deleted';

/** What is known of a mention before a look at its source. */
export interface MentionState {
  /** Its event counts now. */
  live: boolean;
  /** There was an event once. */
  everAccepted: boolean;
  /** Outages met since it was last asked for. */
  tries: number;
}

export interface Verdict {
  /** What is to be deposited; `status` holds once that is applied. */
  deposit: 'add' | 'delete' | null;
  status: Status;
  reason: string | null;
  /** Milliseconds until the source is looked at again; null: not by itself. */
  retryAfter: number | null;
}

const MINUTE = 60_000;
/** An outage is looked at again after these. */
const RETRIES = [1 * MINUTE, 10 * MINUTE, 60 * MINUTE];

/** The table of states (events §9.2). */
export function judge(finding: Finding, state: MentionState): Verdict {
  switch (finding.kind) {
    case 'linked':
      return { deposit: 'add', status: 'accepted', reason: null, retryAfter: null };
    case 'absent': {
      const status = state.everAccepted ? 'deleted' : 'rejected';
      return { deposit: state.live ? 'delete' : null, status, reason: finding.reason, retryAfter: null };
    }
    case 'refused':
      return { deposit: null, status: atRest(state), reason: finding.reason, retryAfter: null };
    case 'outage': {
      const retryAfter = RETRIES[state.tries] ?? null;
      const waits = retryAfter !== null && !state.live;
      return { deposit: null, status: waits ? 'queued' : atRest(state), reason: finding.reason, retryAfter };
    }
  }
}

/** The status of a mention of which nothing new was learnt. */
function atRest({ live, everAccepted }: MentionState): Status {
  if (live) return 'accepted';
  return everAccepted ? 'deleted' : 'rejected';
}
