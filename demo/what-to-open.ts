import type { AlmanacClient, SubjectType } from '../src/client/index.ts';
import type { DemoSummary } from './load.ts';

/** Lines to print after the load: what to open in a browser, and a command to paste. */
export async function whatToOpen(
  client: AlmanacClient,
  baseUrl: string,
  summary: DemoSummary,
): Promise<string[]> {
  const base = baseUrl.replace(/\/$/, '');
  const first = async (type: 'publications' | 'scholars') =>
    (await client.usage.top(type, { size: 1 })).items[0]?.subject;
  const [publication, scholar] = await Promise.all([first('publications'), first('scholars')]);
  const statistics = (type: SubjectType, id: string, query: string) =>
    `${base}/api/usage/statistics/${type}/${encodeURIComponent(id)}?${query}`;
  const subjects: [label: string, url: string][] = [
    ['The API, described', `${base}/docs`],
    ['Most used publications', `${base}/api/usage/top/publications`],
    ['Most used scholars', `${base}/api/usage/top/scholars`],
    ['A partner by month', statistics('partner', summary.partner, 'granularity=month')],
    ['A country by year', statistics('country', 'NL', 'granularity=year')],
  ];
  if (publication !== undefined) {
    const query = 'granularity=month&by=country';
    subjects.push([`“${publication.name}”`, statistics('publication', publication.id, query)]);
  }
  if (scholar !== undefined) {
    subjects.push([scholar.name ?? scholar.id, statistics('scholar', scholar.id, 'granularity=year')]);
  }
  const asked = scholar === undefined ? summary.partner : scholar.id;
  const type = scholar === undefined ? 'partner' : 'scholar';
  return [
    `Loaded ${count(summary.publications)} publications and ${count(summary.events)} usage events of ${summary.partners} partners in ${summary.seconds.toFixed(1)} s.`,
    '',
    'Open:',
    ...subjects.map(([label, url]) => `  ${label}\n    ${url}`),
    '',
    'Ask:',
    `  curl '${statistics(type, asked, 'granularity=month&by=country')}'`,
  ];
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}
