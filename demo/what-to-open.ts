import type { AlmanacClient, SubjectType } from '../src/client/index.ts';
import type { DemoSummary } from './load.ts';

export interface WhatToOpen {
  open: { label: string; url: string }[];
  /** A command to paste into a shell. */
  curl: string;
}

/** Where the loaded sample can be looked at: the most used of each kind, by what the server itself says. */
export async function whatToOpen(
  client: AlmanacClient,
  baseUrl: string,
  summary: DemoSummary,
): Promise<WhatToOpen> {
  const base = baseUrl.replace(/\/$/, '');
  const statistics = (type: SubjectType, id: string, query: string) =>
    `${base}/api/usage/statistics/${type}/${encodeURIComponent(id)}?${query}`;
  const first = async (type: 'publications' | 'scholars') =>
    (await client.usage.top(type, { size: 1 })).items[0]?.subject;
  const publication = await first('publications');
  const scholar = await first('scholars');
  const open = [
    { label: 'The API, described', url: `${base}/docs` },
    { label: 'The most used publications', url: `${base}/api/usage/top/publications` },
    { label: 'A partner, by month', url: statistics('partner', summary.partner, 'granularity=month') },
    { label: 'A country, by year', url: statistics('country', 'NL', 'granularity=year') },
  ];
  if (publication !== undefined) {
    open.push({
      label: `“${publication.name}”, the most used publication, by country`,
      url: statistics('publication', publication.id, 'by=country'),
    });
  }
  if (scholar === undefined) return { open, curl: `curl '${base}/api/usage/status'` };
  const monthly = statistics('scholar', scholar.id, 'granularity=month');
  open.push({ label: `${scholar.name ?? scholar.id}, the most used scholar, by month`, url: monthly });
  return { open, curl: `curl -H 'Accept: text/csv' '${monthly}'` };
}

/** What a person reads at the end of the load. */
export function inWords(summary: DemoSummary, { open, curl }: WhatToOpen): string {
  const { publications, events, partners, seconds } = summary;
  return [
    `Loaded ${grouped(publications)} publications and ${grouped(events)} usage events of ${partners} partners in ${seconds.toFixed(1)} s.`,
    '',
    'Open',
    ...open.map(({ label, url }) => `  ${label}:\n    ${url}`),
    '',
    'Ask',
    `  ${curl}`,
    '',
  ].join('\n');
}

function grouped(number: number): string {
  return number.toLocaleString('en-GB');
}
