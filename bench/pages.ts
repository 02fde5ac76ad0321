import { Agent, get } from 'node:http';
import { createClient } from '../src/client/index.ts';
import { percentile } from './percentiles.ts';
import type { Report } from './report.ts';

/** Milliseconds, at p95. */
const TARGET_P95 = 50;
const WARM_UP = 60;
const LANES = [1, 4];

/** Times every page over the demo's data as a browser asks for it: one at a time, then four at once. */
export async function measurePages(url: string, requests: number, report: Report): Promise<void> {
  const paths = await pathsOf(url);
  for (const path of paths.values()) await timed(url, path, WARM_UP, 2);
  for (const lanes of LANES) {
    for (const [name, path] of paths) {
      const { times, bytes } = await timed(url, path, requests, lanes);
      const row = `page ${name} (${Math.round(bytes / 1024)} KiB), ${lanes} at once`;
      report.add(`${row}, p50`, percentile(times, 0.5), 'ms');
      report.add(`${row}, p95`, percentile(times, 0.95), 'ms', { most: TARGET_P95 });
    }
  }
}

/** A page of each kind, of things that are there: the most used, the newest. */
async function pathsOf(url: string): Promise<Map<string, string>> {
  const { registry, usage } = createClient({ baseUrl: url });
  const idOf = async (kind: 'publications' | 'scholars' | 'partners') => {
    const { items } = await usage.top(kind, { size: 1 });
    return encodeURIComponent(items[0]?.subject.id ?? '');
  };
  const [publication, scholar, partner] = await Promise.all([
    idOf('publications'),
    idOf('scholars'),
    idOf('partners'),
  ]);
  const { hits } = await registry.query({ q: 'university', size: 1 });
  const record = hits.hits[0]?._id ?? '';
  return new Map([
    ['home', '/'],
    ['search', '/search?q=university'],
    ['repositories', '/repositories'],
    ['repositories, narrowed', '/repositories?country=Germany&software=DSpace'],
    ['repositories, all values of a facet', '/repositories?more=organisation'],
    ['repositories as a table', '/repositories?view=table'],
    ['repositories on the map', '/repositories?view=map'],
    ['record', `/repositories/${record}`],
    ['graphs', '/graphs'],
    ['statistics', '/statistics'],
    ['statistics of a publication', `/statistics/publication/${publication}`],
    ['statistics of a scholar', `/statistics/scholar/${scholar}`],
    ['statistics of a partner', `/statistics/partner/${partner}`],
    ['statistics of a country', '/statistics/country/NL'],
    ['work', `/works/${publication}`],
    ['suggest', '/suggest'],
    ['compliance', '/compliance'],
    ['about', '/about'],
  ]);
}

async function timed(
  url: string,
  path: string,
  requests: number,
  lanes: number,
): Promise<{ times: number[]; bytes: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const times: number[] = [];
  let left = requests;
  let bytes = 0;
  const lane = async () => {
    while (left-- > 0) {
      const began = performance.now();
      bytes = await pageBytes(`${url}${path}`, agent);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  agent.destroy();
  return { times, bytes };
}

/** Resolves with the size of the page, compressed as browsers take it, once it is whole. */
function pageBytes(url: string, agent: Agent): Promise<number> {
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br' };
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url} answers ${answer.statusCode}`));
      });
      answer.on('error', reject);
    }).on('error', reject);
  });
}
