import type { Clock, Outbound } from '../../../platform/outbound/index.ts';
import { doiPath } from '../doi-path.ts';
import { createGet, judge } from '../http.ts';
import type { Reply, Source } from '../source.ts';
import { parseWork } from './parse.ts';

/** Crossref. Question: `work` by DOI (found: `CrossrefWork`). */
export function createCrossref(outbound: Outbound, clock: Clock, base: string): Source {
  const get = createGet(outbound, clock);
  return {
    name: 'crossref',
    limits: { perSecond: 3, burst: 3, inFlight: 3 },
    failuresToOpen: 5,
    batchSize: () => 1,
    async ask(_question, [doi = '']) {
      const got = await get(`${base}/works/${doiPath(doi)}`);
      const read = (text: string): Reply[] | null => {
        const value = parseWork(text);
        return value === null ? null : [{ outcome: 'found', value }];
      };
      return { ...got.manners, replies: judge(got, read, 1, [404]) };
    },
  };
}
