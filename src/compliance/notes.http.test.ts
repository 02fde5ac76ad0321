import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Said } from '../../demo/upstreams/answers.ts';
import type { MadeUpArticle } from '../../demo/upstreams/articles.ts';
import { startUpstreams } from '../../demo/upstreams/start.ts';
import type { ComplianceRecord, ProvenanceEntry } from './record.ts';
import { readAll, submitJson, untilOver } from './testing/calls.ts';
import type { House } from './testing/house.ts';
import { startSourcesHouse } from './testing/sources-house.ts';

// What the notes say of each step, for lists that are handed in over HTTP.

const common = {
  journal: 'Letters of the Moor',
  issns: ['9900-0040'],
  publisher: 'Heather House',
  published: '2021-03-15',
  inEpmc: true,
  isOpenAccess: true,
  isManuscript: false,
  inCore: false,
  copies: [],
};
const articles: MadeUpArticle[] = [
  {
    ...common,
    pmcid: 'PMC9900001',
    pmid: '99000001',
    doi: '10.5555/notes.1',
    title: 'Moss gardens in three old orchards',
    licenceAddress: 'https://creativecommons.org/licenses/by/4.0/',
    copies: [
      { url: 'https://repository.example.org/1', version: 'acceptedVersion', licence: null },
      { url: 'https://elsewhere.example.org/1', version: 'acceptedVersion', licence: null },
    ],
  },
  { ...common, pmid: '99000002', doi: '10.5555/notes.2', title: 'Editorial' },
  { ...common, pmid: '99000003', doi: '10.5555/notes.3', title: 'Editorial' },
  {
    ...common,
    pmid: '99000004',
    title: 'Night moths and glass frogs counted by volunteers along one northern coast',
  },
  {
    ...common,
    pmid: '99000005',
    title: 'Peat bogs and tidal rivers seen by pupils from one southern town in spring',
  },
  {
    ...common,
    pmid: '99000006',
    title: 'Peat bogs and tidal rivers seen by pupils from one southern town in autumn',
  },
  // Full texts: none, closed and not served, cut short, and away.
  { ...common, pmcid: 'PMC9900010', pmid: '99000010', title: 'Sea ice one' },
  { ...common, pmcid: 'PMC9900011', pmid: '99000011', title: 'Sea ice two', isOpenAccess: false },
  { ...common, pmcid: 'PMC9900012', pmid: '99000012', title: 'Sea ice three' },
  { ...common, pmcid: 'PMC9900013', pmid: '99000013', title: 'Sea ice four', isOpenAccess: false },
  { ...common, pmcid: 'PMC9900014', pmid: '99000014', title: 'Sea ice five' },
];
const fullTexts: Record<string, Said> = {
  PMC9900010: { status: 404, type: 'text/plain', body: '' },
  PMC9900012: { status: 200, type: 'application/xml', body: '<article><front><article-meta>' },
  PMC9900013: { status: 503, type: 'text/html', body: '<html>' },
  PMC9900014: { status: 500, type: 'text/html', body: '<html>' },
};

suite('notes on how each thing is known', () => {
  const cleanup: (() => unknown)[] = [];
  let house: House;

  before(async () => {
    const upstreams = await startUpstreams(articles, (source, path) =>
      source === 'epmc' ? (fullTexts[/PMC\d+(?=\/fullTextXML$)/.exec(path)?.[0] ?? ''] ?? null) : null,
    );
    cleanup.push(upstreams.close);
    house = await startSourcesHouse({ after: (fn) => void cleanup.push(fn as () => unknown) }, upstreams, {
      repositoryAt: (url) =>
        url.startsWith('https://repository.example.org/') ? { id: 'r1', name: 'Moor Repository' } : null,
    });
  });
  after(async () => {
    for (const step of cleanup.reverse()) await step();
  });

  async function recordOf(article: Record<string, string>, options = {}): Promise<ComplianceRecord> {
    const { id } = await submitJson(house.url, { articles: [article], ...options });
    await untilOver(house.url, id);
    const [record] = await readAll(house.url, id);
    return record ?? assert.fail('no record');
  }

  const noteOf = ({ provenance }: ComplianceRecord, code: ProvenanceEntry['code']): ProvenanceEntry =>
    provenance.find((entry) => entry.code === code) ??
    assert.fail(`no ${code} among ${provenance.map((entry) => entry.code).join(' ')}`);
  const codesOf = ({ provenance }: ComplianceRecord, start: string) =>
    provenance.map(({ code }) => code).filter((code) => code.startsWith(start));

  test('given a PMID alone, then the other identifiers are found, and each is noted', async () => {
    const record = await recordOf({ pmid: '99000001' });
    assert.deepEqual(record.identifiers, {
      pmcid: 'PMC9900001',
      pmid: '99000001',
      doi: '10.5555/notes.1',
      title: 'Moss gardens in three old orchards.',
    });
    assert.deepEqual(
      record.provenance.filter(({ code }) => code === 'id.found').map(({ by, params }) => [by, params]),
      [
        ['epmc', { field: 'pmcid', value: 'PMC9900001' }],
        ['epmc', { field: 'doi', value: '10.5555/notes.1' }],
      ],
    );
    assert.deepEqual(codesOf(record, 'title.'), []);
  });

  test('given identifiers of two articles, then the given one stays, and the note names both', async () => {
    const record = await recordOf({ pmid: '99000001', doi: '10.5555/other' });
    assert.equal(record.identifiers.doi, '10.5555/other');
    const { note, params } = noteOf(record, 'id.conflict');
    assert.deepEqual(params, { field: 'doi', given: '10.5555/other', found: '10.5555/notes.1' });
    assert.match(note, /10\.5555\/other.*10\.5555\/notes\.1/);
  });

  test('given a title that is quite another than that of the article found, then a note says so; a similar one is no matter', async () => {
    const other = await recordOf({ pmid: '99000001', title: 'On the taxation of windows' });
    assert.deepEqual(noteOf(other, 'title.mismatch').params, {
      given: 'On the taxation of windows',
      found: 'Moss gardens in three old orchards.',
    });
    assert.equal(other.identifiers.title, 'On the taxation of windows');
    assert.equal(other.compliance.confidence, 1);
    const similar = await recordOf({ pmid: '99000001', title: 'Moss gardens in four orchards' });
    assert.deepEqual(codesOf(similar, 'title.'), []);
  });

  test('given a title that two articles have, then none is guessed', async () => {
    const record = await recordOf({ title: 'Editorial' });
    const { params, note } = noteOf(record, 'epmc.ambiguous');
    assert.deepEqual(params?.ids, ['MED:99000002', 'MED:99000003']);
    assert.match(note, /several articles for the exact title/);
    assert.deepEqual(codesOf(record, 'epmc.'), ['epmc.ambiguous', 'epmc.ambiguous', 'epmc.not_found']);
    assert.deepEqual([record.compliance.in_epmc, record.compliance.confidence], [null, null]);
  });

  test('given titles that are enormous or hold U+0000, then they are looked for like any other, and nothing waits behind them', async () => {
    // Random enough that the database cannot pack it into an index.
    const words = Array.from({ length: 20_000 }, (_, at) => ((at * 2_654_435_761) % 2 ** 32).toString(36));
    const articles = [{ title: words.join(' ') }, { title: 'Quite\u0000unheard of' }, { pmid: '99000001' }];
    for (let round = 0; round < 2; round += 1) {
      const { id } = await submitJson(house.url, { articles });
      await untilOver(house.url, id);
      const records = await readAll(house.url, id);
      assert.deepEqual(
        records.map((record) => codesOf(record, 'epmc.')[0]),
        ['epmc.not_found', 'epmc.not_found', 'epmc.found'],
      );
    }
  });

  test('given a title in other words, then a similar one is found when it is clearly the most similar', async () => {
    const found = await recordOf({
      title: 'Night moths and glass frogs, counted by volunteers along a northern coast',
    });
    assert.equal(found.compliance.confidence, 0.7);
    assert.equal(found.identifiers.pmid, '99000004');
    noteOf(found, 'epmc.found_fuzzy_title');

    const exact = await recordOf({ title: 'Moss gardens in THREE old orchards' });
    assert.equal(exact.compliance.confidence, 0.9);

    const between = await recordOf({
      title: 'Peat bogs and tidal rivers seen by pupils from one southern town in winter',
    });
    assert.deepEqual(codesOf(between, 'epmc.'), ['epmc.ambiguous', 'epmc.not_found']);

    const far = await recordOf({ title: 'Night moths and glass frogs in southern gardens' });
    assert.deepEqual(codesOf(far, 'epmc.'), ['epmc.not_found']);
  });

  test('given full texts that are there, are not, are not served, are cut short or are away, then each is told from the others', async () => {
    const cases: [pmcid: string, hasXml: boolean | null, codes: string[], aam: boolean | null][] = [
      ['PMC9900001', true, ['epmc.found', 'epmc.fulltext_found'], false],
      ['PMC9900010', false, ['epmc.found', 'epmc.fulltext_absent'], false],
      ['PMC9900011', false, ['epmc.found', 'epmc.fulltext_not_served'], false],
      ['PMC9900012', null, ['epmc.found', 'epmc.fulltext_malformed', 'epmc.unavailable'], null],
      ['PMC9900013', null, ['epmc.found', 'epmc.unavailable'], null],
      ['PMC9900014', null, ['epmc.found', 'epmc.unavailable'], null],
    ];
    for (const [pmcid, hasXml, codes, aam] of cases) {
      // Only what is away for good is given up soon: the others may need a second try, whenever it comes.
      const record = await recordOf({ pmcid }, hasXml === null ? { give_up_after: 60 } : {});
      assert.deepEqual(codesOf(record, 'epmc.'), codes, pmcid);
      assert.equal(record.supporting_info.epmc_ft_xml, hasXml);
      assert.equal(record.compliance.epmc_aam, aam);
      if (hasXml === null)
        assert.deepEqual(codesOf(record, 'licence.'), [], 'no licence is decided meanwhile');
      else assert.equal(codesOf(record, 'licence.').length, 1);
      assert.equal(codesOf(record, 'aam.').length, aam === null ? 0 : 1);
    }
    assert.match(
      String(noteOf(await recordOf({ pmcid: 'PMC9900001' }), 'epmc.fulltext_found').params?.sha256),
      /^[0-9a-f]{64}$/,
    );
  });

  test('given a copy in a repository of the register, then the repository is named; a copy elsewhere is only listed', async () => {
    const record = await recordOf({ doi: '10.5555/notes.1' });
    assert.deepEqual(
      record.supporting_info.copies?.map(({ url, from, repository }) => [url, from, repository]),
      [
        ['https://repository.example.org/1', 'unpaywall', { id: 'r1', name: 'Moor Repository' }],
        ['https://elsewhere.example.org/1', 'unpaywall', undefined],
      ],
    );
    const { by, params } = noteOf(record, 'registry.matched');
    assert.deepEqual(
      [by, params],
      ['registry', { id: 'r1', name: 'Moor Repository', url: 'https://repository.example.org/1' }],
    );
  });
});
