import { sealPayload } from '../evidence/index.ts';
import { findMessage } from './deposits.store.ts';
import { type IntakeTools, takeDeposits } from './intake.ts';
import type { EvidencePath } from './webmention/index.ts';

/**
 * How another part of this server hands deposits over in the name of an account of its own (`agent:webmention`), with the
 * responses they were made of: the same way as everybody's, through the inbox (specification `events` §5.3).
 */
export function createInternalDepositor(tools: IntakeTools, account: string): EvidencePath {
  return {
    async keepResponse({ url, status, contentType, bytes }) {
      return tools.inbox.accept({
        account,
        kind: 'response',
        contentType,
        payload: await sealPayload(bytes),
        restricted: false,
        params: { url, status },
        result: { accepted: 1, rejected: [] },
      });
    },

    async deposit(deposits, derivedFrom) {
      const body = { deposits, ...(derivedFrom === null ? {} : { evidence: derivedFrom }) };
      const bytes = Buffer.from(JSON.stringify(body));
      const taken = await takeDeposits(tools, { account, isOperator: false }, body, bytes);
      if (taken.ok && taken.rejected.length === 0) return { ok: true, evidence: taken.evidence };
      const [first] = taken.ok ? taken.rejected : taken.faults;
      return {
        ok: false,
        reason: first === undefined ? 'refused' : 'reason' in first ? first.reason : first.message,
      };
    },

    async outcomeOf(evidence, event) {
      const found = await findMessage(tools.sql, evidence, event);
      if (found === null) return null;
      switch (found.outcome) {
        case 'failed':
          return { kind: 'failed', reason: found.reason ?? 'it was set aside' };
        case 'deleted':
        case 'not_found':
          return { kind: 'deleted' };
        case 'ignored_deleted':
          return { kind: 'withheld' };
        default:
          return { kind: 'counts', event: found.other ?? event };
      }
    },
  };
}
