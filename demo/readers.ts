import type { DemoPartner } from './partners.ts';
import { createRandom, drawFrom, type Random, runningSums } from './random.ts';

/** Somebody, or something, that visits a repository again and again. */
export interface Reader {
  country: string;
  userAgent: string;
  /** From a range kept for documentation (RFC 3849), so that it is nobody's. */
  address: string;
  /** What a sender that hides addresses puts in their place. */
  hashedAddress: string;
}

export interface Readers {
  people: readonly Reader[];
  robots: readonly Reader[];
}

const PEOPLE = 4_000;
const ROBOTS = 14;
/** Share of readers from the repository's own country. */
const AT_HOME = 0.48;

const BROWSERS: readonly [agent: string, weight: number][] = [
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    40,
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
    14,
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 5],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0', 11],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    13,
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    12,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    9,
  ],
];

const CRAWLERS: readonly string[] = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)',
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'python-requests/2.32.3',
  'curl/8.9.1',
  'Wget/1.24.5',
  'Java/17.0.12',
];

/** Where readers from abroad come from. */
const ABROAD: readonly [country: string, weight: number][] = Object.entries({
  US: 17,
  DE: 9,
  GB: 9,
  NL: 6,
  FR: 6,
  IN: 8,
  CN: 6,
  BR: 5,
  ES: 5,
  BE: 4,
  IT: 4,
  ID: 4,
  PH: 3,
  NG: 3,
  ZA: 2,
  KE: 2,
  CA: 3,
  AU: 3,
  MX: 3,
  CO: 2,
  PT: 2,
  PL: 2,
  SE: 2,
  NO: 2,
  TR: 2,
  JP: 2,
  KR: 1,
  EG: 1,
  GH: 1,
  AR: 1,
  CL: 1,
  VN: 1,
});

/** The readers of one repository; most of them at home, the same few crawlers at all hours. */
export function createReaders(partner: DemoPartner): Readers {
  const random = createRandom(`readers of ${partner.key}`);
  const browsers = runningSums(BROWSERS.map(([, weight]) => weight));
  const countries = runningSums(ABROAD.map(([, weight]) => weight));
  const abroad = () => ABROAD[drawFrom(countries, random)]?.[0] ?? 'ZZ';
  return {
    people: Array.from({ length: PEOPLE }, () =>
      createReader(
        random.chance(AT_HOME) ? partner.country : abroad(),
        BROWSERS[drawFrom(browsers, random)]?.[0] ?? '',
        random,
      ),
    ),
    robots: Array.from({ length: ROBOTS }, () => createReader(abroad(), random.pick(CRAWLERS), random)),
  };
}

function createReader(country: string, userAgent: string, random: Random): Reader {
  const group = () => random.hex(4);
  return {
    country,
    userAgent,
    address: `2001:db8:${group()}:${group()}::${group()}`,
    hashedAddress: random.hex(32),
  };
}
