import type { JsonObject } from '../src/client/index.ts';
import { partners } from './partners.ts';
import { createRandom, drawFrom, type Random, runningSums } from './random.ts';
import { countries, type DemoCountry } from './repositories-countries.ts';
import { apisOf, policiesOf, statisticsOf } from './repositories-holdings.ts';
import { nameRepository } from './repositories-words.ts';

/** An invented repository, and what became of it since it was registered. */
export interface DemoRepository {
  /** Its host: how it is known again at the next load. */
  host: string;
  /** As it is registered first. */
  register: JsonObject;
  /** What is merged into it afterwards, in order. */
  changes: JsonObject[];
  statistics: { type: string; value: number; date: string }[];
}

const software = [
  ['DSpace', 40, '5.10 6.3 6.4 7.2 7.6 8.1'],
  ['EPrints', 14, '3.3.16 3.4.2 3.4.5'],
  ['Invenio', 3, '1.2 2.1 3.4'],
  ['OPUS', 4, '4.6 4.8'],
  ['Digital Commons', 6, ''],
  ['Islandora', 3, '7.x 2.8'],
  ['WEKO', 5, '2.0 3.1'],
  ['Dataverse', 4, '5.14 6.2'],
  ['Fedora', 3, '4.7 6.5'],
  ['MyCoRe', 2, '2022.06 2023.06'],
  ['Pure Portal', 3, ''],
  ['ETD-db', 1, '0.8'],
  ['Hyrax', 1, '4.0 5.0'],
] as const;
const softwareSums = runningSums(software.map(([, weight]) => weight));

const contents = [
  'Journal articles',
  'Theses and dissertations',
  'Conference and workshop papers',
  'Books, chapters and sections',
  'Unpublished reports and working papers',
  'Datasets',
  'Learning Objects',
  'Multimedia and audio-visual materials',
  'Bibliographic references',
  'Software',
  'Patents',
] as const;
const subjects = [
  'Science',
  'Medicine',
  'Social Sciences',
  'Technology',
  'Education',
  'Agriculture',
  'Law',
  'Language and Literature',
  'Music',
  'Fine Arts',
  'Political Science',
] as const;

/** All repositories of the sample, the partners' own first; the same at every call. `now`: milliseconds since 1970. */
export function createRepositories(now: number): DemoRepository[] {
  const hosts = new Set<string>();
  const own = partners.map((partner) => {
    const country = countries.find(({ code }) => code === partner.country);
    if (country === undefined) throw new RangeError(`no country ${partner.country}`);
    const names = {
      own: { latin: '', institution: partner.name, name: `${partner.name} Repository`, description: '' },
    };
    return repository(country, partner.id, partner.language, { ...names, english: null }, now);
  });
  for (const { host } of own) hosts.add(host);
  const others = countries.flatMap((country) =>
    Array.from({ length: country.repositories }, (_, at) => {
      const random = createRandom(`repository ${country.code} ${at}`);
      const names = nameRepository(country.language, random);
      const host = freeHost(names.own.latin, country, hosts, random);
      return repository(country, host, country.language === 'xx' ? 'en' : country.language, names, now);
    }),
  );
  return [...own, ...others];
}

function repository(
  country: DemoCountry,
  host: string,
  language: string,
  { own, english }: ReturnType<typeof nameRepository>,
  now: number,
): DemoRepository {
  const random = createRandom(host);
  const [name, , versions] = software[drawFrom(softwareSums, random)] ?? software[0];
  const version = versions === '' ? null : random.pick(versions.split(' '));
  const established = 2001 + Math.floor(random.next() * 23);
  const place = {
    lat: round(country.lat + (random.next() - 0.5) * 3),
    lon: round(country.lon + (random.next() - 0.5) * 4),
  };
  const url = `https://${host}/`;
  const status = random.chance(0.88)
    ? 'Operational'
    : random.pick(['Trial', 'Broken', 'Closed', 'Malfunctioning']);
  const main = {
    ...called(own),
    url,
    country_code: country.code,
    ...place,
    established_date: String(established),
    language_code: [...new Set([language, ...(random.chance(0.6) ? ['en'] : [])])],
    repository_type: [random.pick(types)],
    content_type: some(contents, 2 + random.below(4), random),
    subject: some(subjects, 1 + random.below(3), random),
    ...(random.chance(0.07) && { certification: [random.pick(['DINI', 'CoreTrustSeal', 'RIOXX'])] }),
  };
  const register: JsonObject = {
    operational_status: status,
    metadata: [
      { lang: language, default: true, record: main },
      ...(english === null ? [] : [{ lang: 'en', record: called(english) }]),
    ],
    software: [{ name, ...(version !== null && { version }) }],
    organisation: [
      { role: ['host'], details: { name: own.institution, country_code: country.code, ...place } },
    ],
    contact: [{ role: ['administrator'], details: { name: 'Repository team', email: `repository@${host}` } }],
    policy: policiesOf(random),
    api: apisOf(url, name, random),
    identifier: [{ scheme: 'oai', value: host }],
  };
  return {
    host,
    register,
    changes: changesOf(name, versions, random),
    statistics: statisticsOf(established, now, random),
  };
}

const types = [
  'Institutional',
  'Institutional',
  'Institutional',
  'Institutional',
  'Disciplinary',
  'Governmental',
  'Aggregating',
];

const called = ({ name, description }: { name: string; description: string }) =>
  description === '' ? { name } : { name, description };

/** One in seven was upgraded or repaired since. */
function changesOf(name: string, versions: string, random: Random): JsonObject[] {
  const changes: JsonObject[] = [];
  const newest = versions.split(' ').at(-1) ?? '';
  if (newest !== '' && random.chance(0.1)) changes.push({ software: [{ name, version: newest }] });
  if (random.chance(0.05))
    changes.push({ operational_status: random.pick(['Operational', 'Broken', 'Closed']) });
  return changes;
}

function freeHost(place: string, { code }: DemoCountry, taken: Set<string>, random: Random): string {
  const plain = place
    .normalize('NFKD')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '');
  const service = random.pick([
    'repository',
    'ir',
    'eprints',
    'dspace',
    'archive',
    'digital',
    'research',
    'data',
    'open',
  ]);
  for (let at = 1; ; at++) {
    const host = `${service}.${plain}${at === 1 ? '' : at}.${code.toLowerCase()}.example`;
    if (taken.has(host)) continue;
    taken.add(host);
    return host;
  }
}

function some<T>(list: readonly T[], count: number, random: Random): T[] {
  return [
    ...new Set(
      Array.from({ length: count }, () => list[Math.floor(random.next() ** 1.6 * list.length)] as T),
    ),
  ];
}

const round = (degrees: number) => Math.round(degrees * 1e4) / 1e4;
