import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '../src/client/index.ts';
import { measureCompliance } from './compliance.ts';
import { measureCopy } from './copy.ts';
import { measureDeposits } from './deposits.ts';
import { countWorkDays, measureDisk } from './disk.ts';
import { fill } from './fill.ts';
import { fillFacts } from './fill-facts.ts';
import { freePort } from './free-port.ts';
import { measureAccessLog, measureContextObjects, measureEventLines } from './ingest.ts';
import { countryTable, publications, WORKS } from './load.ts';
import { measureMap } from './map.ts';
import { measureMemory, reportMemory } from './memory.ts';
import { type BenchOptions, benchOptions, USAGE } from './options.ts';
import { measurePages } from './pages.ts';
import { measureRegistry } from './registry.ts';
import { conditions, createReport, lineOf, type Report } from './report.ts';
import { createInstallation, createToken, type Installation } from './server.ts';
import { measureStartup } from './startup.ts';
import { measureStatistics } from './statistics.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

const options = benchOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`${options}\n${USAGE}\n`);
  process.exit(2);
}
process.exit(await main(options));

/** Measures and reports; whatever was started is stopped and removed, also after a failure or an interruption. */
async function main(options: BenchOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const countries = join(folder, 'countries.csv');
  await writeFile(countries, countryTable());
  const installation = createInstallation(folder, { GEOIP_DB: countries });
  const register = createInstallation(await mkdtemp(join(folder, 'registry-')));
  const events = createInstallation(await mkdtemp(join(folder, 'events-')));
  const lists = createInstallation(await mkdtemp(join(folder, 'compliance-')));
  const map = createInstallation(await mkdtemp(join(folder, 'map-')));
  const demo = createInstallation(await mkdtemp(join(folder, 'demo-')), {
    PORT: String(await freePort()),
  });
  const tidy = async () => {
    await Promise.all([installation, register, events, lists, demo, map].map((each) => each.stopAll()));
    await rm(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void tidy().finally(() => process.exit(130)));
  }
  const report = createReport(print);
  const { names, starts, backlogMb, records } = options;
  const now = Date.now();
  try {
    const postgresVersion = await measureServer(installation, folder, options, report, now);
    if (names.has('startup')) await measureStartup(installation, starts, report);
    if (names.has('memory')) await measureMemory(installation, backlogMb, now, report);
    if (names.has('registry')) {
      await measureRegistry(register, { records, requests: Math.min(300, options.requests), now }, report);
    }
    if (names.has('deposits')) await measureEvents(events, options, report);
    if (names.has('compliance')) {
      await measureCompliance(lists, { rows: options.listRows, manyRows: options.longListRows }, report);
    }
    if (names.has('pages')) await measureDemo(demo, options.pageRequests, report);
    if (names.has('map')) await measureMap(map, { records, now }, report);
    await writeResults(report, conditions(postgresVersion, new Date(now)));
    return 0;
  } finally {
    await tidy();
  }
}

/** What needs a server with the usual settings, on one data folder that grows. Answers PostgreSQL's version. */
async function measureServer(
  installation: Installation,
  folder: string,
  options: BenchOptions,
  report: Report,
  now: number,
): Promise<string> {
  const server = await installation.startServer();
  const token = await createToken(installation);
  const client = createClient({ baseUrl: server.url, token });
  await client.publications.post({ publications: publications(WORKS) });
  await client.usage.waitUntilCounted();

  const { names } = options;
  const version = await installation.withSql(async (sql) => {
    const parts = { client, options, report, now };
    const burst =
      names.has('ingest') || names.has('copy')
        ? await measureContextObjects(parts, () => countWorkDays(sql))
        : null;
    if (names.has('lines')) await measureEventLines(parts);
    if (names.has('log')) await measureAccessLog(installation, folder, parts);
    if (burst !== null && names.has('copy')) {
      const rowsPerSecond = await measureCopy(sql, burst.events);
      report.add('COPY of the same rows into a table with one unique index', rowsPerSecond, 'rows/s');
      report.add(
        'context objects counted, as a share of that',
        (100 * burst.countedPerSecond) / rowsPerSecond,
        '%',
      );
    }
    for (const size of names.has('statistics') || names.has('disk') ? options.sizes : []) {
      const events = options.direct
        ? await fillFacts(client, sql, size, now)
        : await fill(client, size, options.fillSeconds, now);
      if (names.has('statistics')) await measureStatistics(server.url, events, options.requests, report);
    }
    if (names.has('disk')) await measureDisk(sql, report);
    const [row] = await sql<{ server_version: string }[]>`show server_version`;
    return row?.server_version ?? '';
  });
  if (names.size > 2) await reportMemory('server that did all of the above', server.pid, report);
  await server.stop();
  return version;
}

/** Deposits on a data folder of their own, so that the size of the database is theirs. */
async function measureEvents(
  installation: Installation,
  { burst, requests, eventsRead }: BenchOptions,
  report: Report,
): Promise<void> {
  const server = await installation.startServer();
  const token = await createToken(installation);
  const client = createClient({ baseUrl: server.url, token });
  const sizes = { burst, requests: Math.min(100, requests), size: eventsRead };
  await installation.withSql((sql) =>
    measureDeposits({ ...sizes, url: server.url, token, client, sql, report }),
  );
  await reportMemory('server that took the deposits', server.pid, report);
  await server.stop();
}

/** The pages over the sample, by a server that has just read it. */
async function measureDemo(installation: Installation, requests: number, report: Report): Promise<void> {
  await installation.command('demo', '--exit', '--json');
  const server = await installation.startServer();
  await measurePages(server.url, requests, report);
  await reportMemory('server that rendered the pages', server.pid, report);
  await server.stop();
}

async function writeResults(report: Report, measuredOn: ReturnType<typeof conditions>): Promise<void> {
  const file = resolve(import.meta.dirname, 'results.json');
  await writeFile(file, `${JSON.stringify({ ...measuredOn, rows: report.rows }, null, 2)}\n`);
  const held = report.rows.filter(({ ok }) => ok !== null);
  const missed = held.filter(({ ok }) => !ok);
  print('');
  print(`${held.length - missed.length} of ${held.length} targets met; bench/results.json has all of it`);
  for (const row of missed) print(`  ${lineOf(row)}`);
}
