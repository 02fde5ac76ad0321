import { createRandom } from '../demo/random.ts';
import { type AlmanacClient, createClient } from '../src/client/index.ts';
import { growthDuring, reportMemory } from './memory.ts';
import { percentile } from './percentiles.ts';
import { fillRegister } from './registry-fill.ts';
import { measureImport } from './registry-import.ts';
import { createRecords, manyRegisters } from './registry-records.ts';
import type { Report } from './report.ts';
import type { Installation, Server } from './server.ts';

const WRITES = 50;
const COUNTRIES = ['GB', 'DE', 'JP', 'ES', 'FR', 'BR', 'IN', 'NL', 'PE', 'KE'];
const WORDS = ['university', 'repository', 'digital library', 'teses', 'archive', 'open access', 'elder*'];
const PHRASES = ['"university of"', '"digital library"', '"open access"'];
const INNER = ['*univers* ', '*archiv* ', '*tese* '];
const FACETS = [
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
  FACETS.map((field) => [field, { terms: { field: `register.${field}.exact`, size: 20 } }]),
);

export interface RegistryMeasurement {
  records: number;
  /** Queries of each kind. */
  requests: number;
  now: number;
}

/** What is expected of a register of some size. */
interface Targets {
  startSeconds: number;
  /** Milliseconds, `took`. */
  p50: number;
  p95: number;
  memoryMib: number;
}

const USUAL: Targets = { startSeconds: 3, p50: 5, p95: 10, memoryMib: 512 };
const LARGE: Targets = { startSeconds: 10, p50: 50, p95: 50, memoryMib: 1_500 };
/** A register that is larger is written straight into the tables, and held against the targets of 100,000 records. */
const MOST_BY_API = 20_000;

/** The register over HTTP, in an installation of its own: queries, writes, starting, the dump. */
export async function measureRegistry(
  installation: Installation,
  { records, requests, now }: RegistryMeasurement,
  report: Report,
): Promise<void> {
  const size = `${records.toLocaleString('en-GB')} records`;
  const isLarge = records > MOST_BY_API;
  const targets = isLarge ? LARGE : USUAL;
  const first = await installation.startServer();
  let ids: string[];
  if (isLarge) {
    await first.stop();
    ids = await fillRegister(installation, manyRegisters(records, now), now);
  } else {
    const client = createClient({ baseUrl: first.url, token: await tokenOf(installation) });
    const began = performance.now();
    ids = await createRecords(client, manyRegisters(records, now));
    report.add(
      'records created through the API',
      (1000 * records) / (performance.now() - began),
      'records/s',
    );
    await first.stop();
  }

  const server = await installation.startServer();
  report.add(`start to healthy, ${size}`, server.startMs / 1000, 's', { most: targets.startSeconds });
  await reportMemory(`server with ${size}, started`, server.pid, report, targets.memoryMib);
  await measureDump(server, records, report);
  await measureQueries(server.url, requests, size, targets, report);
  const client = createClient({ baseUrl: server.url, token: await tokenOf(installation, 'bench-writer') });
  await measureWrites(server.url, client, ids, targets, report);
  await reportMemory(`server with ${size}: dumped, queried, written`, server.pid, report, targets.memoryMib);
  await measureImport(installation, now, report);
  await server.stop();
}

async function measureDump({ url, pid }: Server, records: number, report: Report): Promise<void> {
  const size = `${records.toLocaleString('en-GB')} records`;
  let seconds = 0;
  const growth = await growthDuring(pid, async () => {
    const began = performance.now();
    let bytes = 0;
    for await (const part of (await fetch(`${url}/dump`)).body ?? []) bytes += part.byteLength;
    seconds = (performance.now() - began) / 1000;
    report.add(`/dump of ${size}`, records / seconds, 'records/s', { least: 20_000 });
    report.add('… at', bytes / 1e6 / seconds, 'MB/s');
  });
  if (growth !== null) report.add('… memory beyond that before', growth, 'MiB', { most: 200 });
}

async function measureQueries(
  url: string,
  requests: number,
  size: string,
  targets: Targets,
  report: Report,
): Promise<void> {
  const random = createRandom('bench queries');
  const kinds = {
    match_all: () => ({ match_all: {} }),
    filtered: () => ({
      filtered: {
        filter: { term: { 'register.metadata.record.country_code.exact': random.pick(COUNTRIES) } },
      },
    }),
    phrase: () => ({ query_string: { query: random.pick(PHRASES) } }),
    '*word*': () => ({ query_string: { query: random.pick(INNER) } }),
    text: () => ({ query_string: { query: random.pick(WORDS), default_operator: 'AND' } }),
  };
  for (const [name, question] of Object.entries(kinds)) {
    const http: number[] = [];
    const took: number[] = [];
    for (let at = 0; at < requests; at++) {
      const began = performance.now();
      const answer = await ask(url, { query: question(), facets });
      http.push(performance.now() - began);
      took.push(answer.took);
    }
    const what = `query of ${size}, ${name}, 12 facets`;
    report.add(`${what}, took, p50`, percentile(took, 0.5), 'ms', { most: targets.p50 });
    report.add(`${what}, took, p95`, percentile(took, 0.95), 'ms', { most: targets.p95 });
    report.add('… over HTTP, p50', percentile(http, 0.5), 'ms');
    report.add('… over HTTP, p95', percentile(http, 0.95), 'ms');
  }
}

/** From sending a write to the first answer of a query that has it. */
async function measureWrites(
  url: string,
  client: AlmanacClient,
  ids: readonly string[],
  targets: Targets,
  report: Report,
): Promise<void> {
  const times: number[] = [];
  // What was remembered of an earlier answer is of no use after a write.
  const afterwards: number[] = [];
  for (let at = 0; at < WRITES; at++) {
    const id = ids[Math.floor((at * ids.length) / WRITES)] ?? '';
    const mark = `mark${at}`;
    const began = performance.now();
    await client.registry.merge(id, { register: { software: [{ name: mark }] } });
    const { hits } = await ask(url, { query: { term: { 'register.software.name.exact': mark } }, size: 1 });
    if (hits.total !== 1) throw new Error(`a write that was answered is in no query: ${id}`);
    times.push(performance.now() - began);
    afterwards.push((await ask(url, { query: { match_all: {} }, facets })).took);
  }
  report.add('match_all, 12 facets, first after a write, took, p95', percentile(afterwards, 0.95), 'ms', {
    most: targets.p95,
  });
  report.add('write to visible in a query, p50', percentile(times, 0.5), 'ms', { most: 50 });
  report.add('write to visible in a query, p95', percentile(times, 0.95), 'ms', { most: 50 });
}

async function ask(url: string, question: object): Promise<{ took: number; hits: { total: number } }> {
  // By GET: POSTs without a key are limited to some hundred a minute.
  const answer = await fetch(`${url}/query?source=${encodeURIComponent(JSON.stringify(question))}`);
  if (!answer.ok) throw new Error(`/query answers ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { took: number; hits: { total: number } };
}

async function tokenOf(installation: Installation, name = 'bench-register'): Promise<string> {
  const output = await installation.command('account', 'create', '-n', name, '-r', '--json');
  const { auth_token: token } = JSON.parse(output) as { auth_token: string };
  return token;
}
