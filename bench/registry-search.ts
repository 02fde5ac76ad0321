// Measures the search of the register in process, over invented records:
// node bench/registry-search.ts [records, default 10000]
import {
  createReadModel,
  parseQuery,
  put,
  query,
  type SearchRecord,
  warmUp,
} from '../src/registry/search/index.ts';

const records = Number(process.argv[2] ?? 10_000);
const rounds = Number(process.argv[3] ?? 200);

const syllables =
  'ar bel cor dan el fin gar hol is jun kal lor mar nor os pol qui ros sal tor ul ver wis yor zan'.split(' ');
let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
};
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
const word = () => Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(syllables)).join('');
const several = (most: number, make: () => string) => [
  ...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, make)),
];
const vocabulary = Array.from({ length: 8000 }, word);
const words = (count: number) => Array.from({ length: count }, () => pick(vocabulary)).join(' ');
const countries = Array.from({ length: 110 }, () => `${word()} land`);
const subjects = Array.from({ length: 60 }, () => words(2));
const names = [
  'University',
  'Institutional Repository',
  'Digital Library',
  'Archive',
  'EPrints',
  'Open Access',
];

function record(number: number): SearchRecord {
  const country = pick(countries);
  const name = `${pick(names)} of ${words(2)}`;
  const url = `https://${word()}${number}.example.org/`;
  const place = { lat: random() * 160 - 80, lon: random() * 360 - 180 };
  const type = () => pick(['Institutional', 'Disciplinary', 'Governmental', 'Aggregating']);
  const api = (kind: string) => ({
    api_type: kind,
    version: '2.0',
    base_url: `${url}${kind}`,
    authenticated: random() < 0.3,
  });
  const times = {
    created_date: '2014-01-24T00:00:00Z',
    last_updated: new Date(1.4e12 + number * 1e6).toISOString(),
  };
  const policy = (kind: string) => ({
    policy_type: kind,
    policy_grade: pick(['Good', 'None', 'Unclear']),
    terms: several(4, () => words(3)),
  });
  return {
    id: (number + 1).toString(16).padStart(8, '0').repeat(4),
    ...times,
    version_created: times.last_updated,
    ver: 1 + Math.floor(random() * 4),
    register: {
      operational_status: pick(['Operational', 'Trial', 'Broken', 'Closed']),
      metadata: [
        {
          lang: 'en',
          default: true,
          record: {
            name,
            url,
            country,
            acronym: word().toUpperCase(),
            country_code: country.slice(0, 2),
            continent: pick(['Europe', 'Asia', 'Africa', 'Oceania']),
            description: words(40),
            established_date: String(1995 + Math.floor(random() * 25)),
            ...place,
            language: several(3, () => pick(['English', 'French', 'German', 'Spanish', 'Japanese'])),
            subject: several(4, () => pick(subjects)),
            repository_type: several(2, type),
            content_type: several(5, () =>
              pick(['Journal articles', 'Datasets', 'Theses and dissertations', 'Software', 'Patents']),
            ),
          },
        },
      ],
      software: [
        {
          name: pick(['DSpace', 'EPrints', 'Invenio', 'OPUS']),
          version: `${1 + Math.floor(random() * 7)}.${Math.floor(random() * 9)}`,
        },
      ],
      organisation: [
        { role: ['host'], details: { name: `University of ${words(1)}`, url, country, ...place } },
      ],
      contact: [{ role: ['administrator'], details: { name: words(2), email: `${word()}@example.org` } }],
      policy: [policy('Metadata'), policy('Content')],
      api: random() < 0.7 ? [api('oai-pmh'), api('rss')] : [],
    },
    admin: { opendoar: { rid: number, in_opendoar: random() < 0.9, last_saved: times.last_updated } },
  };
}

const facetFields = [
  'operational_status',
  'metadata.record.country',
  'metadata.record.continent',
  'metadata.record.language',
  'metadata.record.content_type',
  'metadata.record.repository_type',
  'metadata.record.subject',
  'organisation.details.name',
  'software.name',
  'api.api_type',
  'policy.policy_type',
  'policy.terms',
];
const facets = Object.fromEntries(
  facetFields.map((field) => [
    field,
    { terms: { field: `register.${field}.exact`, size: 110, order: 'count' } },
  ]),
);

const country = 'register.metadata.record.country.exact';
const questions: [string, object | string][] = [
  ['match_all, 12 facets', { query: { match_all: {} }, facets }],
  [
    'filtered, 12 facets',
    {
      query: { filtered: { filter: { term: { [country]: countries[0] } }, query: { match_all: {} } } },
      facets,
    },
  ],
  [
    'text (query_string), 12 facets',
    { query: { query_string: { query: 'university', default_operator: 'OR' } }, facets },
  ],
  [
    'text, two words by AND, 12 facets',
    { query: { match: { _all: { query: 'digital library', operator: 'and' } } }, facets },
  ],
  ['*word* as facetview sends it, 12 facets', { query: { query_string: { query: '*belcor* ' } }, facets }],
  ['phrase, 12 facets', { query: { query_string: { query: '"university of"' } }, facets }],
  ['fuzzy, 12 facets', { query: { query_string: { query: 'univercity~' } }, facets }],
  ['sorted by name', { query: { match_all: {} }, sort: [{ 'register.metadata.record.name.exact': 'asc' }] }],
  [
    'range and geo',
    {
      query: {
        bool: {
          filter: [
            { range: { last_updated: { gte: '2014' } } },
            { geo_distance: { distance: '2000km', location: [10, 50] } },
          ],
        },
      },
    },
  ],
  [
    'nested',
    {
      query: {
        nested: {
          path: 'register.api',
          query: {
            bool: {
              must: [
                { term: { 'register.api.api_type.exact': 'rss' } },
                { term: { 'register.api.authenticated': true } },
              ],
            },
          },
        },
      },
    },
  ],
  [
    'terms with avg below',
    {
      size: 0,
      aggs: { c: { terms: { field: country, size: 110 }, aggs: { a: { avg: { field: 'ver' } } } } },
    },
  ],
];

const model = createReadModel();
// As records come from the database: parsed, not put together.
const made = Array.from({ length: records }, (_, i): SearchRecord => JSON.parse(JSON.stringify(record(i))));
const before = performance.now();
const cpu = process.cpuUsage();
for (const each of made) put(model, each);
const { user } = process.cpuUsage(cpu);
console.log(
  `${records} records: built in ${Math.round(performance.now() - before)} ms (${Math.round(user / 1000)} ms of processor)`,
);
made.length = 0;
globalThis.gc?.();
const memory = process.memoryUsage();
console.log(
  `memory: rss ${Math.round(memory.rss / 2 ** 20)} MB, heap ${Math.round(memory.heapUsed / 2 ** 20)} MB, arrays ${Math.round(memory.arrayBuffers / 2 ** 20)} MB`,
);

const cold = performance.now();
await warmUp(model, { time: () => performance.now(), pause: async () => {} });
console.log(`warmed up in ${Math.round(performance.now() - cold)} ms`);

function report(name: string, times: number[]): void {
  const [first = 0] = times;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2).padStart(8);
  console.log(
    `${name.padEnd(42)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  first ${first.toFixed(1).padStart(7)} ms`,
  );
}

const writes: number[] = [];
for (let i = 0; i < rounds; i++) {
  const changed = record(Math.floor(random() * records));
  const start = performance.now();
  put(model, changed);
  writes.push(performance.now() - start);
}
report('write (replaced record)', writes);
for (const [name, source] of questions) {
  const times: number[] = [];
  let total = 0;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    const parsed = parseQuery({ source });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const answer = query(model, parsed.query);
    times.push(performance.now() - start);
    if (answer.ok) total = answer.envelope.hits.total;
  }
  report(`${name} (${total})`, times);
}
const mixed: number[] = [];
for (let i = 0; i < rounds; i++) {
  put(model, record(Math.floor(random() * records)));
  const start = performance.now();
  const parsed = parseQuery({ source: questions[0]?.[1] });
  if (parsed.ok) query(model, parsed.query);
  mixed.push(performance.now() - start);
}
report('match_all, 12 facets, after each write', mixed);
