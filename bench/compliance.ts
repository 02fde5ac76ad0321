import { readFileSync } from 'node:fs';
import { demoArticles } from '../demo/upstreams/articles.ts';
import { startUpstreams } from '../demo/upstreams/start.ts';
import { type AlmanacClient, createClient } from '../src/client/index.ts';
import { percentile } from './percentiles.ts';
import type { Report } from './report.ts';
import type { Installation, Server } from './server.ts';

const PROGRESS_READS = 200;

/**
 * Lists of articles over HTTP, with sources on the loopback that know forty articles: what they say is asked once and is known
 * from then on, so that the time is our own.
 */
export async function measureCompliance(
  installation: Installation,
  { rows, manyRows }: { rows: number; manyRows: number },
  report: Report,
): Promise<void> {
  const upstreams = await startUpstreams();
  const { settings } = upstreams;
  const server = await installation.startServer({
    ALLOW_PRIVATE_ADDRESSES: '127.0.0.1/32',
    EPMC_URL: settings.epmcUrl,
    DOAJ_URL: settings.doajUrl,
    CORE_URL: settings.coreUrl,
    CORE_API_KEY: settings.coreApiKey,
    OPF_URL: settings.opfUrl,
    OPF_API_KEY: settings.opfApiKey,
    CROSSREF_URL: settings.crossrefUrl,
    UNPAYWALL_URL: settings.unpaywallUrl,
    CONTACT_EMAIL: settings.contactEmail,
  });
  try {
    const client = createClient({ baseUrl: server.url });
    const { id } = await client.compliance.submitFile(tableOf(demoArticles.length), 'first.csv');
    await client.compliance.waitUntilOver(id);
    const idle = memoryOf(server);

    await measureList(client, server, rows, report);
    await measureReading(client, server, manyRows, idle, report);
  } finally {
    await server.stop();
    await upstreams.close();
  }
}

async function measureList(
  client: AlmanacClient,
  server: Server,
  rows: number,
  report: Report,
): Promise<void> {
  const size = `${rows.toLocaleString('en-GB')} rows`;
  const cpu = cpuSecondsOf(server);
  const began = performance.now();
  const { id } = await client.compliance.submitFile(tableOf(rows), 'rows.csv', { policies: ['plan-s'] });
  report.add(`list of ${size}: accepted`, (performance.now() - began) / 1000, 's', { most: 5 });
  let first: number | null = null;
  await client.compliance.waitUntilOver(id, {
    onProgress({ counts }) {
      if (counts.done > 0) first ??= (performance.now() - began) / 1000;
    },
  });
  report.add(`list of ${size}: first results`, first ?? Number.NaN, 's', { most: 5 });
  report.add(`list of ${size}, answers known: complete`, (performance.now() - began) / 1000, 's', {
    most: 60,
  });
  report.add('own work for an article', (1000 * (cpuSecondsOf(server) - cpu)) / rows, 'ms CPU', { most: 5 });

  const times: number[] = [];
  for (let read = 0; read < PROGRESS_READS; read += 1) {
    const asked = performance.now();
    await client.compliance.progress(id);
    times.push(performance.now() - asked);
  }
  report.add('progress of a list, 95th percentile', percentile(times, 0.95), 'ms', { most: 5 });
  for (const format of ['csv', 'xlsx', 'json'] as const) {
    const asked = performance.now();
    for await (const _ of client.compliance.download(id, format));
    report.add(`results of ${size} as ${format}`, (performance.now() - asked) / 1000, 's');
  }
}

async function measureReading(
  client: AlmanacClient,
  server: Server,
  rows: number,
  idle: number,
  report: Report,
): Promise<void> {
  const size = `${rows.toLocaleString('en-GB')} rows`;
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, memoryOf(server));
  }, 100);
  try {
    const began = performance.now();
    const { id } = await client.compliance.submitFile(tableOf(rows), 'many.csv');
    let read: number | null = null;
    await client.compliance.waitUntilOver(id, {
      onProgress({ status }) {
        if (status !== 'submitted') read ??= (performance.now() - began) / 1000;
      },
    });
    report.add(`list of ${size}: read`, read ?? Number.NaN, 's');
    report.add(`list of ${size}, answers known: complete`, (performance.now() - began) / 1000, 's');
    for await (const _ of client.compliance.download(id, 'xlsx'));
    report.add(`memory over idle, list of ${size} and its workbook`, most - idle, 'MiB', { most: 200 });
  } finally {
    clearInterval(watching);
  }
}

/** Articles of the sources, over and over, with a column of their own. */
function tableOf(rows: number): Blob {
  const lines = Array.from({ length: rows }, (_, at) => {
    const { doi, title } = demoArticles[at % demoArticles.length] ?? { doi: '', title: '' };
    return `https://doi.org/${doi},"${title}",row ${at + 1}\r\n`;
  });
  return new Blob(['DOI,Article title,Note\r\n', ...lines]);
}

/** Resident memory in MiB (Linux). */
function memoryOf({ pid }: Server): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** Seconds of CPU, in clock ticks of a hundredth (Linux). */
function cpuSecondsOf({ pid }: Server): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
