import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TableError } from '../../platform/table/index.ts';
import { fieldOfHeader, readColumns } from './headers.ts';
import { articleFaults, jsonArticles, jsonExtras } from './json-articles.ts';
import { type ListedArticle, readRow } from './row.ts';
import { readTableArticles } from './table-articles.ts';

const when = '2026-01-01T00:00:00Z';

async function listed(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const table = await readTableArticles(async function* () {
    yield bytes;
  });
  if (!table.ok) return { detail: table.detail };
  const articles: ListedArticle[] = [];
  try {
    for await (const article of table.articles) articles.push(article);
  } catch (error) {
    if (error instanceof TableError) return { detail: error.message };
    throw error;
  }
  return { ...table, articles };
}

for (const [header, field] of [
  ['PubMed Central (PMC) ID', 'pmcid'],
  ['PubMed ID (please complete only where (if at all) known)', 'pmid'],
  ['PMID (unclosed', 'pmid'],
  ['DOI URL', 'doi'],
  ['\ufeffArticle  Title', 'title'],
  ['Title of article', 'title'],
  ['Journal title', null],
  ['', null],
  ['()', null],
] as const)
  test(`given the header ${JSON.stringify(header)}, then it is ${field ?? 'another column'}`, () => {
    assert.equal(fieldOfHeader(header), field);
  });

test('given a second column for a field, blank headers and one called like a field of ours, then each keeps a name of its own', () => {
  const columns = readColumns(['DOI', 'doi', '', 'Note', 'Note', 'article_title', 'Title']);
  assert.deepEqual(
    columns?.places.map((place) => ('field' in place ? place.field : place.extra.key)),
    ['doi', 'doi (2)', 'Column 3', 'Note', 'Note (2)', 'title', 'Title'],
  );
  assert.deepEqual(columns?.doubled, ['doi', 'Title']);
});

test('given windows-1252 with semicolons, then letters and delimiter are told', async () => {
  const list = await listed(
    Buffer.from(
      'PMID;Titel;Article title\r\n7;x;Über Öl – “neu”\r\n'
        .replace('–', '\x96')
        .replace('“', '\x93')
        .replace('”', '\x94'),
      'latin1',
    ),
  );
  assert.ok('articles' in list);
  assert.deepEqual([list.reading.encoding, list.reading.delimiter], ['windows-1252', ';']);
  assert.equal(list.articles?.[0]?.title, 'Über Öl – “neu”');
});

test('given UTF-16 with and without a mark, then it is read', async () => {
  for (const mark of ['\ufeff', '']) {
    const list = await listed(Buffer.from(`${mark}PMID\tTitle\r\n7\tÉtude\r\n`, 'utf16le'));
    assert.ok('articles' in list);
    assert.equal(list.articles?.[0]?.title, 'Étude');
  }
});

test('given short, long, blank and empty rows, then they are padded, kept, counted and skipped', async () => {
  const list = await listed('DOI,Note\n10.1/a\n10.1/b,x,extra,,more\n,\n\n10.1/c,y,,\n');
  assert.ok('articles' in list && list.articles !== undefined);
  assert.deepEqual(
    list.articles.map(({ pos, surplus }) => [pos, surplus]),
    [
      [1, []],
      [2, [3, 5]],
      [3, []],
      [4, []],
    ],
  );
  const rows = list.articles.map((article) => readRow(article, when));
  assert.ok('ignored' in (rows[2] ?? {}));
  const second = rows[1];
  assert.ok(second !== undefined && 'record' in second);
  assert.equal(second.record.source['Column 5'], 'more');
  assert.deepEqual(
    second.record.notes.map(({ code }) => code),
    ['row.ragged'],
  );
  assert.deepEqual(
    list.extras?.map(({ header }) => header),
    ['Note', 'Column 3', 'Column 5'],
  );
});

test('given ten megabytes in one cell, then the list is refused, with the line', async () => {
  const list = await listed(`DOI,Title\n10.1/a,"${'x'.repeat(10_000_000)}"\n`);
  assert.match(list.detail ?? '', /the row in line 2 is longer/);
});

test('given a formula in a CSV, then it is text and nothing more', async () => {
  const list = await listed('DOI,Title\n"=HYPERLINK(""http://x.example"")",=1+1\n');
  assert.ok('articles' in list);
  assert.deepEqual(
    [list.articles?.[0]?.doi, list.articles?.[0]?.title],
    ['=HYPERLINK("http://x.example")', '=1+1'],
  );
});

test('given identifiers that are none, then the row is a record that says so', () => {
  const row = readRow(
    { pos: 1, pmcid: 'none', pmid: 'n/a', doi: '0.1016/j.tins.2013.08.001', title: ' ', extra: [] },
    when,
  );
  assert.ok('record' in row);
  assert.deepEqual(row.record.given, { pmcid: null, pmid: null, doi: null, title: null });
  assert.deepEqual(
    row.record.notes.map(({ code, params }) => [code, params?.field]),
    [
      ['id.invalid', 'pmcid'],
      ['id.invalid', 'pmid'],
      ['id.invalid', 'doi'],
    ],
  );
});

test('given articles as JSON, then other keys are columns, numbers are digits, and both titles are kept when they differ', () => {
  const articles = [
    { pmid: 25061507, ref: 1 },
    { title: 'A', article_title: 'B', constructor2: null },
    { pmcid: 1e7, doi: 'pmcid' },
  ];
  const extras = jsonExtras(articles);
  assert.deepEqual(
    extras.map(({ header, key }) => [header, key]),
    [
      ['ref', 'ref'],
      ['article_title', 'article_title (2)'],
      ['constructor2', 'constructor2'],
    ],
  );
  const [first, second, third] = jsonArticles(articles, extras);
  assert.deepEqual([first?.pmid, third?.pmcid], ['25061507', '10000000']);
  assert.deepEqual(second?.extra, [
    ['article_title (2)', 'B'],
    ['constructor2', ''],
  ]);
});

test('given articles with more keys than a table has columns, then that is a fault', () => {
  const articles = Array.from({ length: 1_001 }, (_, at) => ({ doi: '10.1/a', [`k${at}`]: 1 }));
  assert.deepEqual(articleFaults(articles), [
    { path: '/articles', message: 'have more than 1000 different other keys' },
  ]);
});

test('given any cells, then a row is a record or ignored, its source is what came in, and valid identifiers read the same again', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('PMC1.0', 'pmid: 77', 'doi:10.1/A', ' \u200b', '\u00a010.5/x)'),
  );
  fc.assert(
    fc.property(cell, cell, cell, cell, (pmcid, pmid, doi, title) => {
      const row = readRow({ pos: 1, pmcid, pmid, doi, title, extra: [] }, when);
      if ('ignored' in row) return;
      assert.deepEqual(row.record.source, { pmcid, pmid, doi, article_title: title });
      const { given } = row.record;
      const again = readRow(
        {
          pos: 1,
          pmcid: given.pmcid ?? '',
          pmid: given.pmid ?? '',
          doi: given.doi ?? '',
          title: 't',
          extra: [],
        },
        when,
      );
      assert.ok('record' in again);
      assert.deepEqual({ ...again.record.given, title: null }, { ...given, title: null });
    }),
  );
});
