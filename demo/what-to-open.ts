import type { AlmanacClient, SubjectType } from '../src/client/index.ts';
import type { DemoSummary } from './load.ts';

export interface WhatToOpen {
  open: { label: string; url: string }[];
  /** A command to paste into a shell. */
  curl: string;
  /** The same: harvestable repositories, counted by software and country. */
  query: string;
}

/** Repositories with an OAI-PMH interface, counted. */
const HARVESTABLE = {
  query: { term: { 'register.api.api_type.exact': 'oai-pmh' } },
  aggs: {
    software: { terms: { field: 'register.software.name' } },
    country: { terms: { field: 'register.metadata.record.country' } },
  },
  size: 0,
};

/** Where the loaded sample can be looked at: the most used of each kind, by what the server itself says. */
export async function whatToOpen(
  client: AlmanacClient,
  baseUrl: string,
  summary: DemoSummary,
): Promise<WhatToOpen> {
  const base = baseUrl.replace(/\/$/, '');
  const page = (type: SubjectType, id: string) => `${base}/statistics/${type}/${encodeURIComponent(id)}`;
  const first = async (type: 'publications' | 'scholars') =>
    (await client.usage.top(type, { size: 1 })).items[0]?.subject;
  const publication = await first('publications');
  const scholar = await first('scholars');
  const search = `curl -H 'Content-Type: application/json' '${base}/query' --data '${JSON.stringify(HARVESTABLE)}'`;
  const open = [
    { label: 'The observatory', url: `${base}/` },
    { label: 'Its repositories on the map', url: `${base}/repositories?view=map` },
    { label: 'The most used publications, scholars and partners', url: `${base}/statistics` },
    { label: 'A partner, and its publications', url: page('partner', summary.partner) },
    {
      label: `A list of ${summary.articles} articles: open, where, on what terms`,
      url: `${base}/compliance/${summary.list}`,
    },
    { label: 'The API, described', url: `${base}/docs` },
    { label: 'Repositories that speak of theses (JSON)', url: `${base}/query?q=thes*&size=3` },
    {
      label: 'Works that an encyclopedia refers to most (JSON)',
      url: `${base}/api/works?sort=-wikipedia&size=5`,
    },
    { label: 'Events as they came, the first hundred (JSON)', url: `${base}/api/events` },
  ];
  if (publication !== undefined) {
    open.push({
      label: `“${publication.name}”, the most used publication, by country`,
      url: page('publication', publication.id),
    });
  }
  if (scholar === undefined) return { open, curl: `curl '${base}/api/usage/status'`, query: search };
  open.push({
    label: `${scholar.name ?? scholar.id}, the most used scholar, by month`,
    url: page('scholar', scholar.id),
  });
  const monthly = `${base}/api/usage/statistics/scholar/${encodeURIComponent(scholar.id)}?granularity=month`;
  return { open, curl: `curl -H 'Accept: text/csv' '${monthly}'`, query: search };
}

/** What a person reads at the end of the load. */
export function inWords(summary: DemoSummary, { open, curl, query }: WhatToOpen): string {
  const { repositories, publications, events, partners, articles, seconds } = summary;
  return [
    `Loaded ${grouped(repositories)} repositories, ${grouped(publications)} publications and ${grouped(events)} usage events of ${partners} partners, and ${grouped(summary.deposits)} citations, discussions and bookmarks, in ${seconds.toFixed(1)} s.`,
    `Found out about ${articles} articles, from made-up sources: in the demo, Europe PMC and the others know these articles alone.`,
    '',
    'Open',
    ...open.map(({ label, url }) => `  ${label}:\n    ${url}`),
    '',
    'Ask',
    `  ${curl}`,
    `  ${query}`,
    '',
  ].join('\n');
}

function grouped(number: number): string {
  return number.toLocaleString('en-GB');
}
