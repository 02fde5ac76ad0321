import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseWorks } from './core/parse.ts';
import { licencesOnDay, parseWork } from './crossref/parse.ts';
import { parseDayFile } from './doaj/day-file.ts';
import { parseSearch as parseDoaj, wasOpen } from './doaj/parse.ts';
import { chooseOne, chooseSimilar, withId, withTitle } from './epmc/choose.ts';
import { type EpmcArticle, parseSearch } from './epmc/parse.ts';
import { batchQueryOf, queryOf } from './epmc/queries.ts';
import { parsePublications } from './opf/parse.ts';
import { termsOf } from './opf/terms.ts';
import { parseCopies } from './unpaywall/parse.ts';

const hit = (fields: Record<string, unknown>) => ({ source: 'MED', id: '1', ...fields });
const searched = (...results: Record<string, unknown>[]) =>
  parseSearch(JSON.stringify({ hitCount: results.length, resultList: { result: results } }));

test('given a core answer, when it is read, then ids are canonical, flags are three-valued and ISSNs are there once', () => {
  const page = searched(
    hit({
      pmid: '123',
      pmcid: 'PMC12124214',
      doi: '10.5555/ABC',
      title: 'A title.',
      inEPMC: 'Y',
      isOpenAccess: 'N',
      authMan: 'N',
      license: 'cc by',
      journalInfo: { journal: { title: 'J', issn: '2049-3630', essn: '20493630' } },
      firstPublicationDate: '2024-05-06',
    }),
  );
  assert.deepEqual(page?.articles[0], {
    source: 'MED',
    id: '1',
    pmcid: 'PMC12124214',
    pmid: '123',
    doi: '10.5555/abc',
    title: 'A title.',
    inEpmc: true,
    isOpenAccess: false,
    manuscriptFlags: [false, null, null],
    licence: 'cc by',
    issns: ['2049-3630'],
    journal: 'J',
    published: '2024-05-06',
    embargoUntil: null,
  });
});

test('given an answer of 2013 with numbers for dates, when it is read, then the date is the day', () => {
  assert.equal(searched(hit({ firstPublicationDate: 1387152000000 }))?.articles[0]?.published, '2013-12-16');
  assert.equal(searched(hit({}))?.articles[0]?.published, null);
});

for (const body of [
  '',
  '<html>busy</html>',
  '{"hitCount":3',
  '{"errCode":404}',
  '{"hitCount":2,"resultList":{"result":[]}}',
  '[]',
  'null',
]) {
  test(`given ${body || 'nothing'} instead of an answer, when it is read, then it is no answer and never "not found"`, () => {
    assert.equal(parseSearch(body), null);
    assert.equal(parseDoaj(body, '2049-3630'), null);
    assert.equal(parsePublications(body, '2049-3630'), null);
    assert.equal(parseWorks(body), null);
    assert.equal(parseWork(body), null);
    assert.equal(parseCopies(body), null);
  });
}

test('given ids and titles, when queries are made, then they are those of the specification', () => {
  assert.equal(queryOf('search.pmcid', 'PMC1'), 'PMCID:PMC1');
  assert.equal(queryOf('search.pmid', '12'), 'EXT_ID:12 AND SRC:MED');
  assert.equal(queryOf('search.doi', '10.1/x'), 'DOI:"10.1/x"');
  assert.equal(queryOf('search.title', 'A "quoted\\" title'), 'TITLE:"A quoted title"');
  assert.equal(queryOf('search.words', 'Not A (bad) OR: title?'), 'TITLE:(not a bad or title)');
  assert.equal(batchQueryOf('search.pmid', ['1', '2']), '(EXT_ID:1 AND SRC:MED) OR (EXT_ID:2 AND SRC:MED)');
  assert.equal(batchQueryOf('search.doi', ['10.1/a', '10.1/b']), 'DOI:"10.1/a" OR DOI:"10.1/b"');
});

test('given any text in a key, when a query is made, then nothing gets out of its phrase', () => {
  const nasty = fc
    .array(fc.constantFrom('"', '\\', ')', '(', ' OR ', 'SRC:MED', '*', 'x', ':', '“'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string()), (text) => {
      assert.match(queryOf('search.doi', text), /^DOI:"(?:[^"\\]|\\["\\])*"$/s);
      assert.match(queryOf('search.title', text), /^TITLE:"[^"\\]*"$/s);
      assert.match(queryOf('search.words', text), /^TITLE:\([^"\\():]*\)$/s);
      assert.doesNotMatch(queryOf('search.words', text).slice(7), /\b(?:OR|AND|NOT)\b/);
    }),
  );
});

const article = (fields: Partial<EpmcArticle>): EpmcArticle => ({
  source: 'MED',
  id: '1',
  pmcid: null,
  pmid: null,
  doi: null,
  title: null,
  inEpmc: null,
  isOpenAccess: null,
  manuscriptFlags: [null, null, null],
  licence: null,
  issns: [],
  journal: null,
  published: null,
  embargoUntil: null,
  ...fields,
});

test('given several hits for an id, when one is chosen, then only its own count and MED goes before PMC before others', () => {
  const hits = [
    article({ id: 'p', source: 'PPR', doi: '10.5555/a' }),
    article({ id: 'c', source: 'PMC', doi: '10.5555/a' }),
    article({ id: 'm', doi: '10.5555/a' }),
    article({ id: 'o', doi: '10.5555/ab' }),
  ];
  const own = withId('doi', '10.5555/a', hits);
  assert.equal(own.length, 3);
  assert.deepEqual(chooseOne(own), { kind: 'one', article: hits[2] });
  assert.deepEqual(chooseOne(own.slice(0, 2)), { kind: 'one', article: hits[1] });
  assert.deepEqual(chooseOne([article({ id: '1' }), article({ id: '2' })]), {
    kind: 'several',
    ids: ['MED:1', 'MED:2'],
  });
  assert.deepEqual(chooseOne([]), { kind: 'none' });
});

test('given titles, when the exact one is looked for, then only equal normalised ones count', () => {
  const same = article({ title: 'The <i>E. coli</i> genome.' });
  assert.deepEqual(withTitle('the e coli GENOME', [same, article({ title: 'The E coli genomes' })]), [same]);
});

test('given similar titles, when one is chosen, then it is 0.8 alike and 0.05 ahead of the next', () => {
  const title = 'one two three four five six seven eight nine ten';
  const near = article({ id: 'a', title: 'one two three four five six seven eight nine other' });
  const far = article({ id: 'b', title: 'one two three four five six seven other other2 other3' });
  const close = article({ id: 'c', title: 'one two three four five six seven eight nine another' });
  assert.deepEqual(chooseSimilar(title, [far, near]), { kind: 'one', article: near });
  assert.equal(chooseSimilar(title, [near, close]).kind, 'several');
  assert.equal(chooseSimilar(title, [far]).kind, 'none');
});

test('given DOAJ finds other journals too, when it is read, then only the one with this ISSN counts', () => {
  const text = JSON.stringify({
    total: 2,
    results: [
      {
        bibjson: {
          pissn: '2049-3630',
          title: 'Mine',
          publisher: { name: 'P' },
          oa_start: 2015,
          discontinued_date: '2020-05-01',
        },
      },
      { bibjson: { eissn: '1234-5679', title: 'Other' } },
    ],
  });
  const [journal, ...others] = parseDoaj(text, '2049-3630') ?? [];
  assert.ok(journal);
  assert.equal(others.length, 0);
  assert.deepEqual(journal, { title: 'Mine', publisher: 'P', openSince: 2015, discontinued: '2020-05-01' });
  assert.deepEqual(
    ['2014-12-31', '2015-01-01', '2020-05-01', '2020-05-02', null].map((day) => wasOpen(journal, day)),
    [false, true, true, false, true],
  );
});

async function* bytes(text: string) {
  for (let at = 0; at < text.length; at += 10) yield Buffer.from(text.slice(at, at + 10));
}
const HEAD =
  'Journal title,Publisher,Journal ISSN (print version),Journal EISSN (online version),When did the journal start to publish all content using an open license?';

test("given DOAJ's list of a day, when it is read, then both ISSNs lead to the journal", async () => {
  const file = await parseDayFile(bytes(`\ufeff${HEAD}\n"A, B",P,2049-3630,1234-5679,2014\nC,,,,\n`));
  assert.deepEqual(file?.['2049-3630'], {
    title: 'A, B',
    publisher: 'P',
    openSince: 2014,
    discontinued: null,
  });
  assert.deepEqual(file?.['1234-5679'], file?.['2049-3630']);
  assert.equal(Object.keys(file ?? {}).length, 2);
});

for (const text of ['<html>busy</html>', '', HEAD, `${HEAD}\n"A,B`, 'a,b\n1,2\n']) {
  test(`given ${text.slice(0, 12) || 'nothing'}… instead of the list, when it is read, then it is no list`, async () => {
    assert.equal(await parseDayFile(bytes(text)), null);
  });
}

const pathway = (version: string, more: Record<string, unknown> = {}) => ({
  article_version: [version],
  additional_oa_fee: 'no',
  ...more,
});
const policyOf = (permitted: unknown[], prohibited = 'no') => {
  const item = {
    issns: [{ issn: '2049-3630' }],
    publisher_policy: [{ open_access_prohibited: prohibited, permitted_oa: permitted }],
  };
  const journal = parsePublications(JSON.stringify({ items: [item] }), '2049-3630')?.journal;
  assert.ok(journal);
  return journal;
};
const at = (...location: string[]) => ({ location: { location } });
const months = (amount: number) => ({ embargo: { amount, units: 'months' } });

const terms: [name: string, permitted: unknown[], selfArchiving: string | null, embargo: string | null][] = [
  [
    'an open way without a word on embargo',
    [pathway('accepted', at('institutional_repository'))],
    'can',
    'none stated',
  ],
  ['an embargo of 0', [pathway('accepted', { ...at('any_website'), ...months(0) })], 'can', '0 months'],
  [
    'two embargoes',
    [
      pathway('accepted', { ...at('subject_repository'), ...months(12) }),
      pathway('accepted', { ...at('preprint_repository'), ...months(6) }),
    ],
    'can',
    '6 months',
  ],
  [
    'a harmless prerequisite',
    [
      pathway('accepted', {
        ...at('any_repository'),
        prerequisites: { prerequisites: ['when_research_article'] },
      }),
    ],
    'can',
    'none stated',
  ],
  [
    'a prerequisite',
    [
      pathway('accepted', at('authors_homepage')),
      pathway('accepted', {
        ...at('any_repository'),
        ...months(6),
        prerequisites: { prerequisites: ['when_required_by_funder'] },
      }),
    ],
    'restricted',
    '6 months',
  ],
  [
    'a funder as prerequisite',
    [
      pathway('accepted', {
        ...at('any_repository'),
        prerequisites: { prerequisite_funders: [{ funder_metadata: { name: [{ name: 'F' }] } }] },
      }),
    ],
    'restricted',
    'none stated',
  ],
  ['a home page only', [pathway('accepted', at('authors_homepage'))], 'restricted', 'none stated'],
  ['a fee', [pathway('accepted', { ...at('any_repository'), additional_oa_fee: 'yes' })], 'cannot', null],
  ['another version only', [pathway('published', at('any_repository'))], 'cannot', null],
];
for (const [name, permitted, selfArchiving, embargo] of terms) {
  test(`given ${name}, when the terms of the accepted version are asked, then ${selfArchiving} and ${embargo}`, () => {
    const read = termsOf(policyOf(permitted), 'accepted');
    assert.deepEqual([read.selfArchiving, read.embargo], [selfArchiving, embargo]);
  });
}

test('given policies that all forbid it, when asked, then it cannot; given another journal only, then it is not there', () => {
  assert.equal(
    termsOf(policyOf([pathway('accepted', at('any_repository'))], 'yes'), 'accepted').selfArchiving,
    'cannot',
  );
  const other = JSON.stringify({ items: [{ issns: [{ issn: '1234-5679' }], publisher_policy: [] }] });
  assert.deepEqual(parsePublications(other, '2049-3630'), { journal: null });
  assert.deepEqual(parsePublications('{"items":[]}', '2049-3630'), { journal: null });
});

test('given licences of several versions and days, when Crossref is read, then only one of the version of record that holds counts', () => {
  const licence = (version: string, year: number, name: string) => ({
    'content-version': version,
    start: { 'date-parts': [[year, 1, 1]] },
    URL: `http://creativecommons.org/licenses/${name}/4.0/`,
  });
  const work = (...license: unknown[]) =>
    parseWork(
      JSON.stringify({
        status: 'ok',
        message: {
          DOI: '10.5555/x',
          license,
          ISSN: ['2049-3630'],
          publisher: 'P',
          'container-title': ['J'],
          issued: { 'date-parts': [[2024, 3]] },
        },
      }),
    );
  const licences = (...list: unknown[]) => licencesOnDay(work(...list) ?? assert.fail(), '2024-06-01');
  assert.deepEqual(licences(licence('am', 2020, 'by'), licence('tdm', 2020, 'by')), []);
  assert.deepEqual(licences(licence('unspecified', 2020, 'by-nc'), licence('vor', 2024, 'by')), ['cc-by']);
  assert.deepEqual(licences(licence('vor', 2025, 'by')), []);
  assert.deepEqual(licences(licence('unspecified', 2020, 'by-nc')), ['cc-by-nc']);
  assert.equal(work()?.published, '2024-03-01');
});
