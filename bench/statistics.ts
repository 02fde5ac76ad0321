import { Agent, get } from 'node:http';
import { createRandom, type Random } from '../demo/random.ts';
import { COUNTRIES, itemOf, PARTNERS, partnerOf, scholarOf, WORKS } from './load.ts';
import { percentile } from './percentiles.ts';
import type { Report } from './report.ts';

const SUBJECTS = ['publication', 'scholar', 'partner', 'country'] as const;
const AT_ONCE = 8;
/** Milliseconds (`usage` §9). */
const TARGET_P95 = 10;

/** Times the answers of a mix of every subject, granularity and breakdown: one at a time, then eight at once. */
export async function measureStatistics(
  url: string,
  events: number,
  requests: number,
  report: Report,
): Promise<void> {
  const at = `at ${(events / 1e6).toLocaleString('en-GB', { maximumFractionDigits: 2 })} million events`;
  await timed(url, paths(Math.ceil(requests / 10), 'warm-up'), AT_ONCE);
  for (const [lanes, words] of [
    [1, 'one at a time'],
    [AT_ONCE, `${AT_ONCE} at once`],
  ] as const) {
    const times = await timed(url, paths(requests, words), lanes);
    const all = times.map(({ ms }) => ms);
    report.add(`statistics ${at}, ${words}, p50`, percentile(all, 0.5), 'ms');
    report.add(`statistics ${at}, ${words}, p95`, percentile(all, 0.95), 'ms', { most: TARGET_P95 });
    report.add(`statistics ${at}, ${words}, p99`, percentile(all, 0.99), 'ms');
    if (lanes > 1) continue;
    for (const subject of SUBJECTS) {
      const own = times.filter(({ path }) => path.includes(`/${subject}/`)).map(({ ms }) => ms);
      report.add(`… of them ${subject}, p95`, percentile(own, 0.95), 'ms', { most: TARGET_P95 });
    }
  }
}

function paths(count: number, seed: string): string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const subject = random.pick(SUBJECTS);
    const id = encodeURIComponent(idOf(subject, random));
    const granularity = random.pick(['total', 'year', 'month', 'day']);
    const by = random.chance(0.5) ? '&by=country' : '';
    return `/api/usage/statistics/${subject}/${id}?granularity=${granularity}${by}`;
  });
}

function idOf(subject: (typeof SUBJECTS)[number], random: Random): string {
  if (subject === 'country') return random.pick(COUNTRIES);
  if (subject === 'partner') return partnerOf(random.below(PARTNERS));
  if (subject === 'scholar') return scholarOf(random.below(1_999));
  // Works that are much read have the longest series, and are asked for most.
  return itemOf(Math.floor(random.next() ** 3 * WORKS));
}

async function timed(
  url: string,
  list: readonly string[],
  lanes: number,
): Promise<{ path: string; ms: number }[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const iterator = list.values();
  const times: { path: string; ms: number }[] = [];
  const lane = async () => {
    for (const path of iterator) {
      const began = performance.now();
      const status = await request(`${url}${path}`, agent);
      if (status !== 200) throw new Error(`${path} answers ${status}`);
      times.push({ path, ms: performance.now() - began });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  agent.destroy();
  return times;
}

/** Resolves with the status once the whole body is there. */
function request(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      answer.on('data', () => {});
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', reject);
    }).on('error', reject);
  });
}
