import type { JsonObject } from '../src/client/index.ts';
import type { Random } from './random.ts';

const terms: Record<string, readonly string[]> = {
  Metadata: [
    'Anyone can read the metadata',
    'Metadata can be freely reused, including commercially',
    'Permission needed to use metadata',
  ],
  Data: [
    'Anyone can read the full text or view the image',
    'Copies of data can be reused freely',
    'Some items have individual rights',
  ],
  Submission: [
    'Only members of the organisation can deposit their work',
    'Content checked by administrators',
  ],
  Preservation: [
    'The repository will try to ensure continued readability and accessibility.',
    "Withdrawn items' identifiers/URLs are retained indefinitely.",
  ],
};

/** Policies as repositories state them: most state few, and some none. */
export function policiesOf(random: Random): JsonObject[] {
  return Object.entries(terms).flatMap(([type, known]) => {
    if (!random.chance(0.45)) return [];
    const stated = known.filter(() => random.chance(0.6));
    const grade =
      stated.length > 0 ? random.pick(['Good', 'Good', 'Standard']) : random.pick(['None', 'Unclear']);
    return [{ policy_type: type, policy_grade: grade, ...(stated.length > 0 && { terms: stated }) }];
  });
}

/** Two thirds can be harvested, where their software has it. */
export function apisOf(url: string, software: string, random: Random): JsonObject[] {
  const oai = software === 'EPrints' ? 'cgi/oai2' : software === 'DSpace' ? 'server/oai/request' : 'oai';
  return [
    ...(random.chance(0.7) ? [{ api_type: 'oai-pmh', version: '2.0', base_url: url + oai }] : []),
    ...(random.chance(0.2)
      ? [{ api_type: 'sword', version: '2.0', base_url: `${url}sword2`, authenticated: true }]
      : []),
    ...(random.chance(0.15) ? [{ api_type: 'rss', base_url: `${url}feed.rss` }] : []),
    ...(random.chance(0.12) ? [{ api_type: 'rest', base_url: `${url}api` }] : []),
  ];
}

const YEARS = 3;

/** How much more than half of them hold, on the first of January of the years up to `now`. */
export function statisticsOf(established: number, now: number, random: Random) {
  if (!random.chance(0.6)) return [];
  const thisYear = new Date(now).getUTCFullYear();
  const perYear = Math.round(60 * 10 ** (random.next() * 1.8));
  return Array.from({ length: YEARS }, (_, back) => thisYear - YEARS + 1 + back)
    .filter((year) => year > established)
    .map((year) => ({ type: 'item_count', value: perYear * (year - established), date: `${year}-01-01` }));
}
