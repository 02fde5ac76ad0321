import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseDayFile } from './doaj/day-file.ts';
import { parseSearch as parseDoaj } from './doaj/parse.ts';
import { parseArticle, parseSearch } from './epmc/parse.ts';
import { asObject, parseObject } from './json.ts';
import { parsePublications } from './opf/parse.ts';
import { termsOf } from './opf/terms.ts';
import { licencesOfPage } from './publisher/page.ts';

const folder = join(process.env.CORPUS ?? '', 'compliance');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

test('given an answer of 2013, when it is read, then ids, flags and ISSN are right and nothing is missed', () => {
  const article = parseArticle(asObject(parseObject(read('epmc/PMC4219345-metadata.json'))) ?? assert.fail());
  assert.deepEqual(
    [
      article.pmcid,
      article.pmid,
      article.doi,
      article.inEpmc,
      article.isOpenAccess,
      article.issns,
      article.licence,
    ],
    ['PMC4219345', '24279897', '10.1186/1471-2121-14-52', true, false, ['1471-2121'], null],
  );
});

test('given answers of 2025, when they are read, then there are 12, 4 with a PMCID and 1 author manuscript; or none', () => {
  const page = parseSearch(read('epmc/search-core-12.json'));
  assert.equal(page?.articles.length, 12);
  assert.equal(page?.articles.filter(({ pmcid }) => pmcid !== null).length, 4);
  assert.equal(page?.articles.filter(({ manuscriptFlags }) => manuscriptFlags[0] === true).length, 1);
  assert.deepEqual(parseSearch(read('epmc/search-no-results.json')), { hitCount: 0, articles: [] });
});

test('given the policy of The Lancet, when it is read, then its terms are those of the specification', () => {
  const journal = parsePublications(read('opf/0140-6736.json'), '0140-6736')?.journal ?? assert.fail();
  assert.deepEqual([journal.pathways.length, journal.policies], [6, 2]);
  const terms = (['submitted', 'accepted', 'published'] as const).map((version) => termsOf(journal, version));
  assert.deepEqual(
    terms.map(({ selfArchiving, embargo }) => [selfArchiving, embargo]),
    [
      ['can', 'none stated'],
      ['restricted', '6 months'],
      ['cannot', null],
    ],
  );
});

test("given DOAJ's list and a search, when they are read, then 9 journals are there and only equal ISSNs count", async () => {
  const file =
    (await parseDayFile(createReadStream(join(folder, 'doaj/journalcsv-sample.csv')))) ?? assert.fail();
  assert.equal(new Set(Object.values(file)).size, 9);
  assert.equal(file['0001-3765']?.openSince, 2000);
  const search = read('doaj/journal-search-2020.json');
  assert.equal(parseDoaj(search, '2460-5735')?.length, 1);
  assert.deepEqual(parseDoaj(search, '0140-6736'), []);
});

test('given pages of publishers, when they are read, then their licences are found or there is none', () => {
  assert.deepEqual(licencesOfPage(read('pages/bmc_10.1186_1471-2458-13-1092.html')), ['cc-by']);
  assert.deepEqual(licencesOfPage(read('pages/springerlink_10.1007_s10522-013-9457-0.html')), ['cc-by']);
  assert.deepEqual(licencesOfPage(read('pages/sciencedirect_j.aasri.2013.10.051.xml')), []);
});
