import type { Clock, Outbound } from '../../../platform/outbound/index.ts';
import { doiPath } from '../doi-path.ts';
import { createGet, judge } from '../http.ts';
import type { Reply, Source } from '../source.ts';
import { parseCopies } from './parse.ts';

/** Unpaywall. Question: `copies` by DOI (found: `UnpaywallCopy[]`, which may be empty: known, and closed). */
export function createUnpaywall(outbound: Outbound, clock: Clock, base: string, email: string): Source {
  const get = createGet(outbound, clock);
  return {
    name: 'unpaywall',
    limits: { perSecond: 10, burst: 10, inFlight: 5 },
    failuresToOpen: 5,
    batchSize: () => 1,
    async ask(_question, [doi = '']) {
      const got = await get(`${base}/${doiPath(doi)}?email=${encodeURIComponent(email)}`);
      const read = (text: string): Reply[] | null => {
        const value = parseCopies(text);
        return value === null ? null : [{ outcome: 'found', value }];
      };
      return { ...got.manners, replies: judge(got, read, 1, [404, 422]) };
    },
  };
}
