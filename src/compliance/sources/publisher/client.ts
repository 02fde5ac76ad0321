import type { Clock, Outbound, WholeAnswer } from '../../../platform/outbound/index.ts';
import { doiPath } from '../doi-path.ts';
import { mannersOf } from '../http.ts';
import type { Reply, Source, SourceAnswer } from '../source.ts';
import { licencesOfPage } from './page.ts';
import { mayFetch, parseRobots, ROBOTS_BYTES, type RobotsRules } from './robots.ts';

/** What a page told; `refused`: it cannot be read, for a reason that will not have gone in a few minutes. */
export type PageAnswer =
  | { page: 'read'; licences: ReturnType<typeof licencesOfPage>; url: string }
  | { page: 'refused'; reason: string };

const PRODUCT = 'almanac';
const MOST_HOPS = 8;
const PAGE_BYTES = 2 * 1024 * 1024;
const LIMIT_MS = 15_000;
const ROBOTS_LIVE_MS = 24 * 3_600_000;
const MOST_ROBOTS = 2_000;

/**
 * Landing pages of publishers (§5.6). Question: `page` by DOI. Each step of the way from the DOI resolver is a request of its
 * own, so that `robots.txt` of every host is obeyed before its page is asked for. `outbound` guards addresses and keeps to
 * one request a second and host.
 */
export function createPublisher(outbound: Outbound, clock: Clock, resolver: string): Source {
  const robots = new Map<string, { rules: RobotsRules; until: number }>();

  /** RFC 9309 §2.3.1: 4xx means no rules, 5xx and silence mean that nothing may be fetched for now. */
  async function rulesOf(url: URL): Promise<RobotsRules | 'closed' | 'inside'> {
    const known = robots.get(url.origin);
    if (known !== undefined && known.until > clock.now()) return known.rules;
    const answer = await outbound.fetch(`${url.origin}/robots.txt`, {
      timeoutMs: LIMIT_MS,
      retries: 0,
      maxBytes: ROBOTS_BYTES,
      atLimit: 'cut',
    });
    if (!answer.ok && answer.kind === 'address') return 'inside';
    if (!answer.ok || answer.status >= 500) return 'closed';
    const rules = answer.status < 300 ? parseRobots(answer.text(), PRODUCT) : [];
    if (robots.size >= MOST_ROBOTS) robots.clear();
    robots.set(url.origin, { rules, until: clock.now() + ROBOTS_LIVE_MS });
    return rules;
  }

  async function landingPage(doi: string): Promise<SourceAnswer> {
    let url = new URL(`${resolver}/${doiPath(doi)}`);
    const seen = new Set<string>();
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      if (seen.has(url.href)) return refused('its redirects go in a circle');
      seen.add(url.href);
      if (hop > 0) {
        const rules = await rulesOf(url);
        if (rules === 'inside') return refused('its address is not allowed');
        if (rules === 'closed') return { replies: [{ outcome: 'unavailable', status: 'robots.txt' }] };
        if (!mayFetch(rules, url)) return refused('robots.txt forbids it');
      }
      const answer = await outbound.fetch(url.href, {
        timeoutMs: LIMIT_MS,
        retries: 0,
        maxBytes: PAGE_BYTES,
        atLimit: 'cut',
        accept: 'text/html, application/xhtml+xml',
        redirects: 'return',
      });
      if (!answer.ok) {
        return answer.kind === 'address'
          ? refused('its address is not allowed')
          : { replies: [{ outcome: 'unavailable', status: answer.kind }] };
      }
      const next =
        answer.status >= 300 && answer.status < 400
          ? URL.parse(answer.headers.location ?? '', url.href)
          : null;
      if (next === null) return { ...mannersOf(answer.headers, clock.now()), replies: [readPage(answer)] };
      url = next;
    }
    return refused('its redirects do not end');
  }

  return {
    name: 'publisher',
    limits: { perSecond: 1, burst: 1, inFlight: 4 },
    // Many hosts: one that is down says nothing about the others.
    failuresToOpen: Number.POSITIVE_INFINITY,
    batchSize: () => 1,
    async ask(_question, [doi = '']) {
      // For the same reason what one host says of its limits is not meant for the others.
      const { replies } = await landingPage(doi);
      return { replies };
    },
  };
}

function readPage(answer: WholeAnswer): Reply {
  const { status } = answer;
  if (status === 429 || status === 408 || status >= 500)
    return { outcome: 'unavailable', status: `HTTP ${status}` };
  if (status !== 200) return { outcome: 'found', value: refusal(`HTTP ${status}`) };
  const value: PageAnswer = { page: 'read', licences: licencesOfPage(answer.text()), url: answer.url };
  return { outcome: 'found', value };
}

function refusal(reason: string): PageAnswer {
  return { page: 'refused', reason };
}

function refused(reason: string): SourceAnswer {
  return { replies: [{ outcome: 'found', value: refusal(reason) }] };
}
