import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Metrics, SubjectType } from '../client/index.ts';
import {
  type AccessLogOptions,
  runAccessLog,
  runContextObjects,
  runPublications,
} from '../importers/index.ts';
import { temporaryFolder } from '../testing/index.ts';
import { figuresOf } from './testing/figures.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

const corpus = process.env.CORPUS;
const skip = corpus === undefined && 'CORPUS is not set';
const usage = join(corpus ?? '', 'usage');
const apache = join(usage, 'logs', 'apache_2015.log');
const apacheOptions: AccessLogOptions = {
  source: 'semicomplete',
  baseUrl: 'http://www.semicomplete.com',
  rules: join(usage, 'logs', 'apache-rules.json'),
};

/** Total and unique requests, total and unique investigations, as the specification's table writes them. */
function figures(metrics: Metrics): number[] {
  return [
    metrics.total_item_requests,
    metrics.unique_item_requests,
    metrics.total_item_investigations,
    metrics.unique_item_investigations,
  ];
}

async function figuresFor(server: TestServer, type: SubjectType, id: string): Promise<number[]> {
  return figures((await server.client.usage.statistics(type, id)).metrics);
}

async function worksWithUsage(server: TestServer): Promise<number> {
  return (await server.client.usage.top('publications', { size: 1_000 })).items.length;
}

async function withServer(work: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

async function importLog(server: TestServer, files: string[], options: AccessLogOptions) {
  const outcome = await runAccessLog({ client: server.client, files, options });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const { seconds: _, ...result } = outcome.value;
  return result;
}

/** The creators of a page of `oai_dc`, in the normal form of specification §5.4. */
async function creatorNames(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return [...text.matchAll(/<dc:creator>([^<]*)<\/dc:creator>/g)].map(([, name = '']) =>
    name
      .replace(/&#x?([\da-f]+);/gi, (all, number: string) =>
        String.fromCodePoint(Number.parseInt(number, /x/i.test(all) ? 16 : 10)),
      )
      .replaceAll('&amp;', '&')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}, ]/gu, ' ')
      .replace(/\s*,\s*/g, ', ')
      .replace(/ +/g, ' ')
      .replace(/^[ ,]+|[ ,]+$/g, ''),
  );
}

const apacheResult = {
  files: 1,
  lines: 10_000,
  malformed: 1,
  unmatched: 7_138,
  excluded: { method: 19, status: 184, robot: 1_068, double_click: 319 },
  duplicates: 16,
  events: 2_642,
  counted: 1_255,
  first: '2015-05-17T10:05:00Z',
  last: '2015-05-20T21:05:59Z',
};

async function assertApacheFigures(server: TestServer): Promise<void> {
  assert.deepEqual(await figuresFor(server, 'country', 'ZZ'), [12, 12, 1_255, 1_224]);
  assert.equal(await worksWithUsage(server), 237);
  assert.deepEqual(await figuresFor(server, 'publication', 'page:projects/xdotool'), [0, 0, 189, 187]);
  assert.deepEqual(await figuresFor(server, 'publication', 'page:blog/tags/puppet'), [0, 0, 102, 91]);
  assert.deepEqual(await figuresFor(server, 'publication', 'pdf:logstash_OSCON.pdf'), [9, 9, 9, 9]);
}

describe('the corpus of usage, through the whole server', { skip }, () => {
  test('given the OA-Statistik pages, then 626 valid events make the figures of the specification', () =>
    withServer(async (server) => {
      const files = ['00', '01', '02'].map((page) => join(usage, 'oas', `ListRecords_${page}.xml`));
      const deliver = () =>
        runContextObjects({ client: server.client, files, options: { source: 'oas', partner: 'oas' } });
      const outcome = await deliver();
      assert.ok(outcome.ok, JSON.stringify(outcome));
      assert.equal(outcome.value.accepted, 1_500);
      assert.deepEqual(outcome.value.rejected, []);
      const { events } = await server.client.usage.waitUntilCounted();
      assert.equal(events, 1_500);
      const all = await figuresOf(server.client);
      assert.deepEqual(await figuresFor(server, 'partner', 'oas'), [5, 5, 502, 488]);
      assert.equal(await worksWithUsage(server), 131);
      assert.deepEqual(
        await figuresFor(server, 'publication', 'oai:semicomplete.com:projects/xdotool'),
        [0, 0, 58, 58],
      );
      await deliver();
      assert.deepEqual(await figuresOf(server.client), all);
    }));

  test('given the Apache log and its rules, then the result and the figures; again, then nothing changes', () =>
    withServer(async (server) => {
      assert.deepEqual(await importLog(server, [apache], apacheOptions), apacheResult);
      await assertApacheFigures(server);
      const all = await figuresOf(server.client);
      assert.deepEqual(await importLog(server, [apache], apacheOptions), {
        ...apacheResult,
        duplicates: 2_658,
        events: 0,
        counted: 0,
        excluded: { method: 19, status: 184, robot: 0, double_click: 0 },
      });
      assert.deepEqual(await figuresOf(server.client), all);
      const replaced = await importLog(server, [apache], { ...apacheOptions, replaceDays: true });
      assert.deepEqual(replaced, apacheResult);
      assert.deepEqual(await figuresOf(server.client), all);
    }));

  test('given its halves, the later first, overlapping or one at a time, then the same figures', async (t) => {
    const folder = await temporaryFolder(t);
    const lines = (await readFile(apache, 'latin1')).split('\n');
    const part = async (name: string, from: number, until: number): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, `${lines.slice(from, until).join('\n')}\n`, 'latin1');
      return path;
    };
    const early = await part('early.log', 0, 5_300);
    const late = await part('late.log', 4_700, 10_000);
    await withServer(async (server) => {
      await importLog(server, [late], apacheOptions);
      await importLog(server, [early], apacheOptions);
      await assertApacheFigures(server);
    });
    await withServer(async (server) => {
      const { counted, events } = await importLog(server, [early, late], apacheOptions);
      assert.deepEqual({ counted, events }, { counted: 1_255, events: 2_642 });
      await assertApacheFigures(server);
    });
  });

  test('given the CDL log, then 24 lines in their classes, and the same again changes nothing', () =>
    withServer(async (server) => {
      const file = join(usage, 'logs', 'counter_cdl_2018-05-01.log');
      const first = await importLog(server, [file], { source: 'cdl' });
      assert.deepEqual(first, {
        files: 1,
        lines: 24,
        malformed: 0,
        unmatched: 0,
        excluded: { method: 0, status: 0, robot: 21, double_click: 1 },
        duplicates: 0,
        events: 24,
        counted: 2,
        first: '2018-05-01T07:00:40Z',
        last: '2018-05-01T07:18:59Z',
      });
      const all = await figuresOf(server.client);
      const second = await importLog(server, [file], { source: 'cdl' });
      assert.equal(second.events, 0);
      assert.deepEqual(await figuresOf(server.client), all);
    }));

  test('given the DIDL records, then their scholars answer to each of their ids', () =>
    withServer(async (server) => {
      const files = ['uu', 'differ', 'knaw_0060', 'knaw_0040'].map((name) =>
        join(usage, 'didl', `${name}.xml`),
      );
      const outcome = await runPublications({ client: server.client, files, options: {} });
      assert.ok(outcome.ok, JSON.stringify(outcome));
      assert.equal(outcome.value.accepted, 4);
      assert.deepEqual(outcome.value.rejected, []);
      const status = await server.client.usage.waitUntilCounted();
      assert.equal(status.works, 4);
      const scholar = async (id: string) => (await server.client.usage.statistics('scholar', id)).subject;
      assert.deepEqual(await scholar('dai:071792279'), await scholar('orcid:0000-0002-1825-0097'));
      assert.equal((await scholar('dai:071792279')).id, 'orcid:0000-0002-1825-0097');
      assert.equal((await scholar('dai:29806278')).id, 'dai:29806278');
      assert.equal((await scholar('dai:071090665')).id, 'dai:071090665');
      const dataset = 'doi:10.4121/collection:ab70dbf9-ac4f-40a7-9859-9552d38fdccd';
      assert.equal((await server.client.usage.statistics('publication', dataset)).subject.id, dataset);
    }));

  for (const [name, records, creators] of [
    ['cambridge_0', 68, 403],
    ['udel_0', 100, 200],
    ['udel_1', 100, 179],
    ['caltech_0', 88, 462],
    ['columbia_0', 6, 16],
    ['noaa_nodc_0', 5, 0],
    ['umich_0', 11, 26],
  ] as const) {
    test(`given ${name}, then ${records} records with ${creators} creators are works and scholars`, () =>
      withServer(async (server) => {
        const files = [join(usage, 'dc', `${name}.xml`)];
        const outcome = await runPublications({ client: server.client, files, options: {} });
        assert.ok(outcome.ok, JSON.stringify(outcome));
        const { works, scholars } = await server.client.usage.waitUntilCounted();
        const { accepted, rejected } = outcome.value;
        assert.deepEqual({ accepted, rejected, works }, { accepted: records, rejected: [], works: records });
        const names = await creatorNames(files[0] ?? '');
        assert.equal(names.length, creators);
        assert.equal(scholars, new Set(names).size);
      }));
  }
});
