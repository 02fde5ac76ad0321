import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { MadeUpArticle } from '../../demo/upstreams/articles.ts';
import { failures } from '../../demo/upstreams/failures.ts';
import { type SourceName, sourceNames, startUpstreams, type Upstreams } from '../../demo/upstreams/start.ts';
import type { ComplianceRecord } from './record.ts';
import { readAll, readProgress, submitTable, until, untilOver } from './testing/calls.ts';
import type { House } from './testing/house.ts';
import { startSourcesHouse } from './testing/sources-house.ts';

// The outage drill of whole lists: each source away in each way, while all others answer. A list ends, nothing is called "not
// found" that nobody looked for, and once the source is back the list completes itself.

const journal = {
  journal: 'Annals of Invented Ecology',
  issns: ['9900-0016', '9900-0024'],
  publisher: 'Fern Press',
  openSince: 2010,
  published: '2021-03-15',
  embargoMonths: 6,
};
const copies = [{ url: 'https://repository.example.org/1', version: 'acceptedVersion', licence: 'cc-by' }];
const articles: MadeUpArticle[] = [
  {
    ...journal,
    pmcid: 'PMC9900001',
    pmid: '99000001',
    doi: '10.5555/drill.1',
    title: 'Moss gardens in three old orchards',
    inEpmc: true,
    isOpenAccess: true,
    isManuscript: false,
    licenceAddress: 'https://creativecommons.org/licenses/by/4.0/',
    inCore: true,
    copies,
  },
  {
    ...journal,
    pmcid: 'PMC9900002',
    doi: '10.5555/drill.2',
    title: 'Night moths counted by volunteers',
    inEpmc: true,
    isOpenAccess: false,
    isManuscript: true,
    licenceField: 'cc by-nc',
    inCore: true,
    copies,
  },
  {
    ...journal,
    doi: '10.5555/drill.3',
    title: 'Tidal rivers after a dry summer',
    inEpmc: false,
    isOpenAccess: false,
    isManuscript: false,
    crossrefLicence: 'https://creativecommons.org/licenses/by/4.0/',
    isElsewhere: true,
    inCore: true,
    copies,
  },
];
const list = 'PMID,DOI,Title\n99000001,,\n,,Night moths counted by volunteers\n,10.5555/drill.3,\n';

/** Of which column each source decides, and what stands there while nobody knows. */
const cellsOf: Record<SourceName, readonly string[]> = {
  epmc: ['Fulltext in EPMC?', 'XML Fulltext in EPMC?', 'AAM in EPMC?', 'Open Access?', 'Licence'],
  doaj: ['Journal Type'],
  core: ['Metadata in CORE?'],
  opf: [
    'Self-Archive Preprint',
    'Preprint Embargo',
    'Self-Archive Postprint',
    'Postprint Embargo',
    'Self-Archive Publisher Version',
    'Publisher Version Embargo',
  ],
  crossref: ['Licence'],
  unpaywall: [],
};
const blankFor = (source: SourceName) => (source === 'opf' ? '' : 'unknown');
const ways = [...failures, 'refused'] as const;
type Row = Record<string, string>;

suite('lists while a source is away', () => {
  const cleanup: (() => unknown)[] = [];
  // One server a source, so that the port of one alone can be closed.
  const upstreams = {} as Record<SourceName, Upstreams>;
  let house: House;
  let healthy: { rows: Row[]; records: ComplianceRecord[] };
  const handedIn: { id: string; source: SourceName }[] = [];

  before(async () => {
    for (const name of sourceNames) {
      upstreams[name] = await startUpstreams(articles);
      cleanup.push(upstreams[name].close);
    }
    const { epmc, doaj, core, opf, crossref, unpaywall } = upstreams;
    house = await startSourcesHouse({ after: (fn) => void cleanup.push(fn as () => unknown) }, epmc, {
      others: {
        doajUrl: doaj.settings.doajUrl,
        coreUrl: core.settings.coreUrl,
        opfUrl: opf.settings.opfUrl,
        crossrefUrl: crossref.settings.crossrefUrl,
        unpaywallUrl: unpaywall.settings.unpaywallUrl,
      },
    });
    const { id } = await submitTable(house.url, list);
    await untilOver(house.url, id);
    healthy = { rows: await rowsOf(house.url, id), records: await readAll(house.url, id) };
  });
  after(async () => {
    for (const step of cleanup.reverse()) await step();
  });

  /** What was learned of the day before, and of how the sources are. */
  async function forget(): Promise<void> {
    await house.sql`delete from almanac.compliance_answers`;
    await house.sql`delete from almanac.compliance_sources`;
  }

  async function fail(source: SourceName, way: (typeof ways)[number] | null): Promise<void> {
    await upstreams[source].refuse(way === 'refused');
    upstreams[source].fail(source, way === 'refused' ? null : way);
  }

  test('given sources that answer, when a list is worked on, then every cell has its answer', () => {
    const cells = (...names: string[]) => healthy.rows.map((row) => names.map((name) => row[name]));
    assert.deepEqual(
      cells('PMCID', 'Licence', 'Licence Source', 'AAM in EPMC?', 'Correct Article Confidence'),
      [
        ['PMC9900001', 'cc-by', 'epmc_xml', 'False', '1'],
        ['PMC9900002', 'cc-by-nc', 'epmc', 'True', '0.9'],
        ['', 'cc-by', 'publisher', 'unknown', ''],
      ],
    );
    for (const [journalType, inCore, postprint, embargo] of cells(
      'Journal Type',
      'Metadata in CORE?',
      'Self-Archive Postprint',
      'Postprint Embargo',
    ))
      assert.deepEqual([journalType, inCore, postprint, embargo], ['oa', 'True', 'can', '6 months']);
  });

  for (const source of sourceNames) {
    for (const way of ways) {
      test(`given ${source} that fails by ${way}, when a list is worked on, then it completes, and what it would tell is unknown, never no`, async () => {
        await forget();
        await fail(source, way);
        const { id } = await submitTable(house.url, list, { fields: { give_up_after: '2' } });
        handedIn.push({ id, source });
        const over = await untilOver(house.url, id);
        await fail(source, null);
        assert.deepEqual([over.status, over.pc, over.counts.done], ['complete', 100, 3]);
        assert.match(over.message ?? '', /did not answer for \d records?; asked again from/);

        const rows = await rowsOf(house.url, id);
        const records = await readAll(house.url, id);
        let affected = 0;
        for (const [at, { provenance, supporting_info }] of records.entries()) {
          const codes = provenance.map(({ code }) => code);
          const isAway = codes.includes(`${source}.unavailable`);
          // Only Crossref is not asked about every article.
          assert.equal(isAway, source !== 'crossref' || at === 2, `row ${at + 1}: ${codes.join(' ')}`);
          assert.ok(!codes.some((code) => /\.unavailable$/.test(code) && !code.startsWith(source)));
          if (!isAway) {
            assert.deepEqual(withoutNotes(rows[at]), withoutNotes(healthy.rows[at]));
            continue;
          }
          affected += 1;
          for (const column of cellsOf[source])
            assert.equal(rows[at]?.[column], blankFor(source), `row ${at + 1}: ${column}`);
          const lies = [`${source}.not_found`, 'doaj.not_listed', 'licence.none', 'epmc.fulltext_absent'];
          for (const lie of lies) assert.ok(!codes.includes(lie as 'licence.none'), lie);
          assert.match(rows[at]?.['Compliance Processing Output'] ?? '', /did not answer \(.+\)/);
          const { copies: known = [] } = supporting_info;
          assert.ok(source !== 'unpaywall' || known.every(({ from }) => from !== 'unpaywall'));
        }
        assert.equal(over.counts.unavailable, affected);
      });
    }
  }

  test('given all of them back, when five minutes have passed, then every list has completed itself', async () => {
    await forget();
    house.pass(5 * 60_000);
    assert.equal(handedIn.length, sourceNames.length * ways.length);
    for (const { id, source } of handedIn) {
      const { status, message } = await until(
        () => readProgress(house.url, id),
        ({ counts }) => counts.unavailable === 0,
      );
      assert.deepEqual([status, message], ['complete', undefined]);
      assert.deepEqual((await rowsOf(house.url, id)).map(withoutNotes), healthy.rows.map(withoutNotes));
      const records = await readAll(house.url, id);
      for (const [at, record] of records.entries()) {
        assert.deepEqual(record.compliance, healthy.records[at]?.compliance);
        const recovered = record.provenance.filter(({ code }) => code === `${source}.recovered`);
        assert.equal(recovered.length, source !== 'crossref' || at === 2 ? 1 : 0);
      }
    }
  });
});

async function rowsOf(url: string, id: string): Promise<Row[]> {
  const text = await (await fetch(`${url}/download_progress/${id}`)).text();
  return parse(text, { columns: true }) as Row[];
}

/** The cells, without the notes, whose times differ. */
function withoutNotes(row: Row = {}): Row {
  const { 'Compliance Processing Output': _, ...cells } = row;
  return cells;
}
