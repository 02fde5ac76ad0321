import { type Clock, type Outbound, OutboundError } from '../../../platform/outbound/index.ts';
import { createGet, judge, mannersOf, timeLimits } from '../http.ts';
import type { Reply, Source, SourceAnswer } from '../source.ts';
import { parseDayFile } from './day-file.ts';
import { parseSearch } from './parse.ts';

/** The real list is some 50 MB. */
const MOST_LIST = 200 * 1024 * 1024;

/** DOAJ. Questions: `journal` by ISSN (found: `DoajJournal[]`), `list` (key `all`; found: `DayFile`). */
export function createDoaj(outbound: Outbound, clock: Clock, base: string): Source {
  const get = createGet(outbound, clock);

  async function journal(issn: string): Promise<SourceAnswer> {
    const got = await get(`${base}/api/v4/search/journals/issn:${issn}`);
    const read = (text: string): Reply[] | null => {
      const journals = parseSearch(text, issn);
      if (journals === null) return null;
      return [journals.length === 0 ? { outcome: 'not_found' } : { outcome: 'found', value: journals }];
    };
    return { ...got.manners, replies: judge(got, read, 1) };
  }

  async function list(): Promise<SourceAnswer> {
    const answer = await outbound.stream(`${base}/csv`, {
      ...timeLimits,
      accept: 'text/csv',
      maxBytes: MOST_LIST,
    });
    if (!answer.ok) return { replies: [{ outcome: 'unavailable', status: answer.kind }] };
    const manners = mannersOf(answer.headers, clock.now());
    if (answer.status !== 200) {
      answer.discard();
      return { ...manners, replies: [{ outcome: 'unavailable', status: `HTTP ${answer.status}` }] };
    }
    return { ...manners, replies: [await readList(answer.body)] };
  }

  return {
    name: 'doaj',
    limits: { perSecond: 2, burst: 2, inFlight: 2 },
    failuresToOpen: 5,
    batchSize: () => 1,
    ask: (question, keys) => (question === 'list' ? list() : journal(keys[0] ?? '')),
  };
}

async function readList(body: AsyncIterable<Uint8Array>): Promise<Reply> {
  try {
    const value = await parseDayFile(body);
    return value === null ? { outcome: 'unavailable', status: 'malformed' } : { outcome: 'found', value };
  } catch (error) {
    if (error instanceof OutboundError) return { outcome: 'unavailable', status: error.kind };
    throw error;
  }
}
