import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ListedArticle, type ReadRecord, readRow } from './row.ts';
import { readTableArticles } from './table-articles.ts';

const folder = join(process.env.CORPUS ?? '', 'compliance', 'uploads');

interface Read {
  articles: ListedArticle[];
  records: ReadRecord[];
  ignored: number;
  extras: number;
}

async function read(name: string): Promise<Read> {
  const table = await readTableArticles(() => createReadStream(join(folder, name)));
  assert.ok(table.ok, 'detail' in table ? table.detail : '');
  const result: Read = { articles: [], records: [], ignored: 0, extras: 0 };
  for await (const article of table.articles) {
    result.articles.push(article);
    const row = readRow(article, '2026-01-01T00:00:00Z');
    if ('record' in row) result.records.push(row.record);
    else result.ignored += 1;
  }
  result.extras = table.extras.length;
  return result;
}

/** How many were given, how many of them are invalid, and how many different ones there are. */
function census({ articles, records }: Read, field: 'pmcid' | 'pmid' | 'doi') {
  const given = articles.filter((article) => article[field].trim() !== '').length;
  const valid = records.flatMap(({ given: ids }) => ids[field] ?? []);
  return { given, invalid: given - valid.length, distinct: new Set(valid).size };
}

test('given a real return of article charges, then every row is counted and every identifier judged', async () => {
  const all = await read('apc_2012_2013.csv');
  assert.deepEqual([all.articles.length, all.ignored, all.records.length, all.extras], [2132, 3, 2129, 10]);
  assert.deepEqual(census(all, 'pmcid'), { given: 2039, invalid: 107, distinct: 1888 });
  assert.deepEqual(census(all, 'pmid'), { given: 146, invalid: 12, distinct: 134 });
  assert.deepEqual(census(all, 'doi'), { given: 2024, invalid: 15, distinct: 1965 });
  assert.equal(all.records.filter(({ given }) => given.title !== null).length, 2128);
  const shared = (field: 'pmcid' | 'doi') => {
    const seen = new Map<string, number>();
    for (const { given } of all.records) {
      const id = given[field];
      if (id !== null) seen.set(id, (seen.get(id) ?? 0) + 1);
    }
    return [...seen.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0);
  };
  assert.deepEqual([shared('pmcid'), shared('doi')], [88, 88]);
  assert.equal(all.records.filter(({ given }) => given.pmcid?.length === 11).length, 2);
});

test('given a clean list, then all rows have a PMCID, a PMID and a title', async () => {
  const all = await read('compliance_pmc_mar14.csv');
  assert.deepEqual([all.articles.length, all.ignored], [332, 0]);
  assert.ok(
    all.records.every(({ given }) => given.pmcid !== null && given.pmid !== null && given.title !== null),
  );
  assert.equal(new Set(all.records.map(({ given }) => given.pmcid)).size, 332);
});

for (const [name, rows, ignored] of [
  ['test_submission.csv', 20, 0],
  ['blank_rows.csv', 21, 1],
] as const)
  test(`given ${name}, then its rows and mixed identifiers are counted`, async () => {
    const all = await read(name);
    assert.deepEqual([all.articles.length, all.ignored], [rows, ignored]);
    const of = (field: 'pmcid' | 'pmid' | 'doi' | 'title') =>
      all.records.filter(({ given }) => given[field] !== null).length;
    assert.deepEqual([of('pmcid'), of('pmid'), of('doi'), of('title')], [10, 6, 5, 11]);
  });

test('given a list of PMCIDs alone, then there are 20 rows', async () => {
  const all = await read('aam.csv');
  assert.deepEqual([all.articles.length, census(all, 'pmcid').given], [20, 20]);
});
