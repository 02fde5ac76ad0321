import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AlmanacClient } from '../src/client/index.ts';
import { type Burst, burst, steady } from './delivery.ts';
import {
  BATCH,
  combinedLogLines,
  contextObjectPages,
  eventLineBodies,
  LOG_BASE_URL,
  logRules,
  WORKS,
} from './load.ts';
import type { BenchOptions } from './options.ts';
import type { Report } from './report.ts';
import type { Installation } from './server.ts';

/** From issue and specification (`usage` §9): events a second from HTTP body to rolled-up numbers. */
const TARGET = 10_000;
const DAY_MS = 86_400_000;
/** counter-processor's time for the 50,000-line case, in seconds (`usage` §9). */
const COUNTER_PROCESSOR_SECONDS = 400.6;

export interface IngestParts {
  client: AlmanacClient;
  options: BenchOptions;
  report: Report;
  now: number;
}

/** Pages of context objects: as fast as they go, then at the rate of the target, timing every answer. */
export async function measureContextObjects(
  { client, options, report, now }: IngestParts,
  countWorkDays: () => Promise<number>,
): Promise<Burst> {
  const send = (body: string) => client.usage.contextObjects(body, { source: 'bench-context-objects' });
  const month = { works: WORKS, from: now - 31 * DAY_MS, until: now - DAY_MS };
  const pages = [...contextObjectPages({ ...month, name: 'burst', events: options.burst })];
  const result = await burst(client, pages, send);
  report.add('context objects, accepted', result.acceptedPerSecond, 'events/s', { least: TARGET });
  report.add('context objects, from HTTP body to counted', result.countedPerSecond, 'events/s', {
    least: TARGET,
  });

  report.add('… work-days with figures', await countWorkDays(), '');

  const events = options.steadySeconds * TARGET;
  const answers = await steady(
    [...contextObjectPages({ ...month, name: 'steady', events })],
    send,
    (BATCH * 1000) / TARGET,
  );
  await client.usage.waitUntilCounted();
  report.add(`answer to ${BATCH} context objects at ${TARGET} events/s, p50`, answers.p50, 'ms', {
    most: 200,
  });
  report.add(`answer to ${BATCH} context objects at ${TARGET} events/s, p99`, answers.p99, 'ms', {
    most: 250,
  });
  return result;
}

export async function measureEventLines({ client, options, report, now }: IngestParts): Promise<void> {
  const load = {
    name: 'lines',
    works: WORKS,
    events: options.burst,
    from: now - 31 * DAY_MS,
    until: now - DAY_MS,
  };
  const result = await burst(client, [...eventLineBodies(load, 2_000)], (body) =>
    client.usage.events(body, { source: 'bench-lines' }),
  );
  report.add('event lines, accepted', result.acceptedPerSecond, 'events/s', { least: TARGET });
  report.add('event lines, from HTTP body to counted', result.countedPerSecond, 'events/s', {
    least: TARGET,
  });
}

/** The specification's case: 50,000 lines over 1,000 items in a month, by the real command, to counted figures. */
export async function measureAccessLog(
  installation: Installation,
  folder: string,
  { report, now }: IngestParts,
): Promise<void> {
  const file = join(folder, 'access.log');
  const rules = join(folder, 'rules.json');
  const load = { name: 'log', works: 1_000, events: 50_000, from: now - 31 * DAY_MS, until: now - DAY_MS };
  await writeFile(rules, JSON.stringify(logRules));
  await pipeline(Readable.from(combinedLogLines(load)), createWriteStream(file));
  const options = ['--source', 'bench-log', '--base-url', LOG_BASE_URL, '--rules', rules, '--json'];
  const began = performance.now();
  const output = await installation.command('import', 'access-log', file, ...options);
  const wall = (performance.now() - began) / 1000;
  const { seconds, lines, malformed, unmatched } = JSON.parse(output) as Record<string, number>;
  if (lines !== load.events || malformed !== 0 || unmatched !== 0 || seconds === undefined) {
    throw new Error(`the import of the access log went wrong: ${output}`);
  }
  report.add('access log of 50,000 lines to counted figures', seconds, 's', { most: 5 });
  report.add('… with starting and ending the command', wall, 's');
  report.add('… lines a second', load.events / seconds, 'lines/s', { least: TARGET });
  report.add('… times as fast as counter-processor', COUNTER_PROCESSOR_SECONDS / seconds, '×');
}
