import { type Clock, type Outbound, OutboundError } from '../../../platform/outbound/index.ts';
import { readXml, XmlFault } from '../../../platform/xml/index.ts';
import { createFullTextReader, type FullText } from '../../fulltext/jats.ts';
import { createGet, judge, mannersOf, timeLimits } from '../http.ts';
import type { Reply, Source, SourceAnswer } from '../source.ts';
import { withId } from './choose.ts';
import { type EpmcArticle, parseSearch, type SearchPage } from './parse.ts';
import { batchQueryOf, type Search, searches } from './queries.ts';

/** What `fulltext.open` and `fulltext.closed` find: closed articles may not be served although they are there (§5.3). */
export type FullTextAnswer = ({ served: true } & FullText) | { served: false };

const PAGE = 25;
const MOST_XML = 50 * 1024 * 1024;
const idKinds: Partial<Record<Search, 'pmcid' | 'pmid' | 'doi'>> = {
  'search.pmcid': 'pmcid',
  'search.pmid': 'pmid',
  'search.doi': 'doi',
};

/** Europe PMC. Questions: the searches (found: `EpmcArticle[]`), `fulltext.open` and `fulltext.closed` by PMCID. */
export function createEpmc(outbound: Outbound, clock: Clock, base: string): Source {
  const get = createGet(outbound, clock);

  async function search(question: Search, keys: readonly string[]): Promise<SourceAnswer> {
    const query = encodeURIComponent(batchQueryOf(question, keys));
    const got = await get(`${base}/search?query=${query}&resultType=core&format=json&pageSize=${PAGE}`);
    return {
      ...got.manners,
      replies: judge(got, (text) => repliesOf(question, keys, parseSearch(text)), keys.length),
    };
  }

  async function fullText(question: string, pmcid: string, lastStatus: string | null): Promise<SourceAnswer> {
    const answer = await outbound.stream(`${base}/${pmcid}/fullTextXML`, {
      ...timeLimits,
      accept: 'application/xml, text/xml',
      maxBytes: MOST_XML,
    });
    if (!answer.ok) return { replies: [{ outcome: 'unavailable', status: answer.kind }] };
    const manners = mannersOf(answer.headers, clock.now());
    if (answer.status === 200) return { ...manners, replies: [await readFullText(answer.body)] };
    answer.discard();
    return { ...manners, replies: [withoutText(answer.status, question, lastStatus)] };
  }

  return {
    name: 'epmc',
    limits: { perSecond: 5, burst: 5, inFlight: 5 },
    failuresToOpen: 5,
    batchSize: (question) => (idKinds[question as Search] === undefined ? 1 : PAGE),
    ask: (question, keys, lastStatus) =>
      searches.includes(question as Search)
        ? search(question as Search, keys)
        : fullText(question, keys[0] ?? '', lastStatus),
  };
}

function repliesOf(question: Search, keys: readonly string[], page: SearchPage | null): Reply[] | null {
  if (page === null) return null;
  const kind = idKinds[question];
  return keys.map((key): Reply => {
    const own: EpmcArticle[] = kind === undefined ? page.articles : withId(kind, key, page.articles);
    if (own.length > 0) return { outcome: 'found', value: own };
    // What did not fit on the page may be the very one.
    if (keys.length > 1 && page.hitCount > page.articles.length) return { outcome: 'ask_alone' };
    return { outcome: 'not_found' };
  });
}

async function readFullText(body: AsyncIterable<Uint8Array>): Promise<Reply> {
  try {
    const reader = createFullTextReader();
    const value: FullTextAnswer = { served: true, ...(await readXml(body, reader)) };
    return { outcome: 'found', value };
  } catch (error) {
    if (error instanceof XmlFault) return { outcome: 'unavailable', status: 'malformed' };
    if (error instanceof OutboundError) return { outcome: 'unavailable', status: error.kind };
    throw error;
  }
}

/** §5.3: 404 means there is none. For an article outside the open subset 500, twice, is how the service says no. */
function withoutText(status: number, question: string, lastStatus: string | null): Reply {
  if (status === 404) return { outcome: 'not_found' };
  const said = `HTTP ${status}`;
  if (question !== 'fulltext.closed' || status !== 500) return { outcome: 'unavailable', status: said };
  if (lastStatus !== said) return { outcome: 'unavailable', status: said, blameless: true };
  const value: FullTextAnswer = { served: false };
  return { outcome: 'found', value };
}
