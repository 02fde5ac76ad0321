import { createRandom, drawFrom, type Random, runningSums } from '../demo/random.ts';

/** A stream of usage of one busy installation: chronological, few works much read, some robots, short sessions. */
export interface LoadOptions {
  /** Tells apart the events of two loads. */
  name: string;
  works: number;
  events: number;
  /** Milliseconds since 1970 of the first event and of the end. */
  from: number;
  until: number;
}

/** Context objects of a page. */
export const BATCH = 500;
/** Works that there are publications of. */
export const WORKS = 5_000;
const VISITORS = 40_000;
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
];
/** One event in ten is a robot's. */
const AGENT_SHARES = runningSums([40, 20, 15, 15, 10]);
export const COUNTRIES =
  'NL DE FR GB US ES IT BE PL PT SE NO FI DK AT CH CZ IN CN JP BR MX ZA KE NG AU CA KR TR ID'.split(' ');

interface Event {
  number: number;
  time: number;
  work: number;
  request: boolean;
  status: number;
  visitor: number;
  session: string;
  agent: string;
}

function* events(options: LoadOptions): Generator<Event> {
  const random = createRandom(options.name);
  const popularity = runningSums(Array.from({ length: options.works }, (_, rank) => 1 / (rank + 10)));
  const step = (options.until - options.from) / options.events;
  for (let number = 0; number < options.events; number++) {
    yield {
      number,
      time: Math.floor(options.from + number * step),
      work: drawFrom(popularity, random),
      request: random.chance(0.55),
      status: statusOf(random),
      visitor: random.below(VISITORS),
      session: `${options.name}${Math.floor(number / 3).toString(36)}`,
      agent: AGENTS[drawFrom(AGENT_SHARES, random)] ?? '',
    };
  }
}

function statusOf(random: Random): number {
  const number = random.below(100);
  return number < 92 ? 200 : number < 95 ? 304 : number < 98 ? 206 : 302;
}

/** Pages of an OAI-PMH provider of OA-Statistik: 10 records of 50 context objects each. */
export function* contextObjectPages(options: LoadOptions): Generator<string> {
  let records = '';
  let objects = '';
  for (const event of events(options)) {
    objects += oasContextObject(event, options.name);
    const count = event.number + 1;
    if (count % 50 === 0 || count === options.events) {
      const id = `oai:oas.bench.example:${options.name}-${count}`;
      records += `<record><header><identifier>${id}</identifier><datestamp>2026-01-01T00:00:00Z</datestamp></header><metadata><context-objects xmlns="info:ofi/fmt:xml:xsd:ctx">${objects}</context-objects></metadata></record>`;
      objects = '';
    }
    if (count % BATCH === 0 || count === options.events) {
      yield `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate><request verb="ListRecords" metadataPrefix="oas">https://oas.bench.example/oai</request><ListRecords>${records}</ListRecords></OAI-PMH>`;
      records = '';
    }
  }
}

function oasContextObject(event: Event, name: string): string {
  const { number, time, work, request, status, visitor, session, agent } = event;
  const hash = visitor.toString(16).padStart(32, '5ac0ffee');
  return (
    `<context-object timestamp="${new Date(time).toISOString()}" identifier="${name}-${number}">` +
    `<administration><oa-statistics xmlns="http://dini.de/namespace/oas-info"><status_code>${status}</status_code><size>48213</size><document_size>48213</document_size><format>application/pdf</format><service>https://bench.example/</service></oa-statistics></administration>` +
    `<referent><identifier>${urlOf(work, request)}</identifier><identifier>${itemOf(work)}</identifier></referent>` +
    '<referring-entity><identifier>https://search.example/</identifier></referring-entity>' +
    '<requester><metadata-by-val><format>http://dini.de/namespace/oas-requesterinfo</format><metadata><requesterinfo xmlns="http://dini.de/namespace/oas-requesterinfo">' +
    `<hashed-ip>${hash}</hashed-ip><hashed-c>${hash}</hashed-c><hostname>example</hostname><hashed-session>${session}</hashed-session><user-agent>${agent}</user-agent><country>${countryOf(visitor)}</country></requesterinfo></metadata></metadata-by-val></requester>` +
    '<service-type><metadata-by-val><format>info:ofi/fmt:xml:xsd:sch_svc</format><metadata>' +
    `<svc-list xmlns="info:ofi/fmt:xml:xsd:sch_svc"><fulltext>${request ? 'yes' : 'no'}</fulltext><abstract>${request ? 'no' : 'yes'}</abstract></svc-list></metadata></metadata-by-val></service-type></context-object>`
  );
}

/** Bodies of `batch` event lines. */
export function* eventLineBodies(options: LoadOptions, batch: number): Generator<string> {
  let body = '';
  for (const { number, time, work, request, status, visitor, session, agent } of events(options)) {
    body += `{"time":"${new Date(time).toISOString()}","item":"${itemOf(work)}","url":"${urlOf(work, request)}","kind":"${request ? 'request' : 'investigation'}","id":"${options.name}-${number}","status":${status},"address":"${addressOf(visitor)}","user_agent":"${agent}","session":"${session}"}\n`;
    if ((number + 1) % batch === 0 || number + 1 === options.events) {
      yield body;
      body = '';
    }
  }
}

/** A combined access log; the rules of `logRules` make every line an event. */
export function* combinedLogLines(options: LoadOptions): Generator<string> {
  for (const { time, work, request, status, visitor, agent } of events(options)) {
    const [, day, month, year, clock] =
      /^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(new Date(time).toUTCString()) ?? [];
    const path = urlOf(work, request).slice('https://bench.example'.length);
    const address = `198.51.${100 + (visitor % 3)}.${visitor % 256}`;
    yield `${address} - - [${day}/${month}/${year}:${clock} +0000] "GET ${path} HTTP/1.1" ${status === 206 || status === 302 ? 200 : status} 48213 "https://search.example/" "${agent}"\n`;
  }
}

export const LOG_BASE_URL = 'https://bench.example';

export const logRules = {
  rules: [
    { match: '/items/(\\d+)/fulltext\\.pdf$', item: 'oai:bench.example:$1', kind: 'request' },
    { match: '/items/(\\d+)$', item: 'oai:bench.example:$1', kind: 'investigation' },
  ],
};

/** Works with two scholars each, spread over twenty partners, as `POST /api/publications` takes them. */
export function publications(works: number) {
  return Array.from({ length: works }, (_, work) => ({
    id: itemOf(work),
    identifiers: [`10.5555/bench.${work}`],
    title: `Bench work ${work}`,
    type: 'article',
    date: '2020-01-01',
    authors: [work % 1_999, (work * 7) % 1_999].map((scholar) => ({
      name: `Bench, ${scholar}`,
      id: scholarOf(scholar),
    })),
    partners: [{ id: partnerOf(work % PARTNERS), name: `Bench partner ${work % PARTNERS}` }],
    datestamp: '2026-01-01T00:00:00Z',
  }));
}

export const PARTNERS = 20;
export const itemOf = (work: number) => `oai:bench.example:${work}`;
export const scholarOf = (scholar: number) => `bench-scholar-${scholar}`;
export const partnerOf = (partner: number) => `partner-${partner}.bench.example`;
const countryOf = (visitor: number) => COUNTRIES[visitor % COUNTRIES.length] ?? 'ZZ';
/** The third group of the address is the number of the country in the table below. */
const addressOf = (visitor: number) =>
  `2001:db8:${(visitor % COUNTRIES.length).toString(16)}::${visitor.toString(16)}`;

/** A country table for `GEOIP_DB`, so that event lines have countries too. */
export function countryTable(): string {
  return COUNTRIES.map((country, at) => {
    const net = `2001:db8:${at.toString(16)}`;
    return `${net}::,${net}:ffff:ffff:ffff:ffff:ffff,${country}\n`;
  }).join('');
}

function urlOf(work: number, request: boolean): string {
  return `https://bench.example/items/${work}${request ? '/fulltext.pdf' : ''}`;
}
