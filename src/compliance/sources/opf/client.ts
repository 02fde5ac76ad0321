import type { Clock, Outbound } from '../../../platform/outbound/index.ts';
import { createGet, judge } from '../http.ts';
import type { Reply, Source } from '../source.ts';
import { parsePublications } from './parse.ts';

/** Open Policy Finder. Question: `journal` by ISSN (found: `JournalPolicy`). The key goes in a header, never in the URL. */
export function createOpf(outbound: Outbound, clock: Clock, base: string, apiKey: string): Source {
  const get = createGet(outbound, clock);
  return {
    name: 'opf',
    limits: { perSecond: 2, burst: 1, inFlight: 1 },
    failuresToOpen: 5,
    batchSize: () => 1,
    async ask(_question, [issn = '']) {
      const filter = encodeURIComponent(JSON.stringify([['issn', 'equals', issn]]));
      const got = await get(`${base}/retrieve?item-type=publication&format=Json&limit=10&filter=${filter}`, {
        headers: { 'x-api-key': apiKey },
      });
      const read = (text: string): Reply[] | null => {
        const answer = parsePublications(text, issn);
        if (answer === null) return null;
        return [
          answer.journal === null ? { outcome: 'not_found' } : { outcome: 'found', value: answer.journal },
        ];
      };
      return { ...got.manners, replies: judge(got, read, 1) };
    },
  };
}
