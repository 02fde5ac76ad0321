import type { Clock, Outbound } from '../../../platform/outbound/index.ts';
import { createGet, judge } from '../http.ts';
import type { Reply, Source } from '../source.ts';
import { parseWorks } from './parse.ts';

const BATCH = 25;
const LIMIT_ALONE = 10;
/** A DOI may be that of several records: for a batch more are asked for than there are DOIs. */
const LIMIT_BATCH = 100;

/** CORE. Question: `works` by DOI (found: `CoreWork[]`). The key goes in a header, which no other host ever sees. */
export function createCore(outbound: Outbound, clock: Clock, base: string, apiKey: string): Source {
  const get = createGet(outbound, clock);
  return {
    name: 'core',
    limits: { perSecond: 2, burst: 2, inFlight: 2 },
    failuresToOpen: 5,
    batchSize: () => BATCH,
    async ask(_question, keys) {
      const query = encodeURIComponent(keys.map(queryOf).join(' OR '));
      const limit = keys.length === 1 ? LIMIT_ALONE : LIMIT_BATCH;
      const got = await get(`${base}/search/works/?q=${query}&limit=${limit}`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      return { ...got.manners, replies: judge(got, (text) => repliesOf(text, keys), keys.length) };
    },
  };
}

export function queryOf(doi: string): string {
  return `doi:"${doi.replace(/[\\"]/g, '\\$&')}"`;
}

function repliesOf(text: string, keys: readonly string[]): Reply[] | null {
  const page = parseWorks(text);
  if (page === null) return null;
  return keys.map((key): Reply => {
    const own = page.works.filter(({ doi }) => doi === key);
    if (own.length > 0) return { outcome: 'found', value: own };
    if (keys.length > 1 && page.total > page.works.length) return { outcome: 'ask_alone' };
    return { outcome: 'not_found' };
  });
}
