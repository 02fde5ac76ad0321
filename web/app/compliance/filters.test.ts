import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsBy, matching, readFilters } from './filters.ts';
import type { Outcome } from './outcome.ts';
import { readPasted } from './pasted.ts';

const outcome = (position: number, more: Partial<Outcome>): Outcome => ({
  position,
  title: `Report ${position}`,
  identifiers: [`10.5555/${position}`],
  licence: 'cc-by',
  journalType: 'oa',
  aam: 'no',
  verdicts: { 'plan-s': 'yes' },
  codes: ['doaj.listed'],
  ...more,
});

const outcomes = [
  outcome(1, {}),
  outcome(2, { licence: 'cc-by-nc', verdicts: { 'plan-s': 'no' } }),
  outcome(3, {
    licence: 'unknown',
    journalType: 'hybrid',
    verdicts: { 'plan-s': 'no' },
    codes: ['licence.none'],
  }),
];
const positions = (query: string) =>
  matching(outcomes, readFilters(new URLSearchParams(query))).map(({ position }) => position);

test('given filters of several columns, when applied, then any value of one column and all columns must fit', () => {
  assert.deepEqual(positions('verdict:plan-s=no'), [2, 3]);
  assert.deepEqual(positions('verdict:plan-s=no&licence=cc-by-nc&licence=unknown'), [2, 3]);
  assert.deepEqual(positions('verdict:plan-s=no&licence=cc-by-nc'), [2]);
  assert.deepEqual(positions('code=licence.none'), [3]);
  assert.deepEqual(positions('q=10.5555/1'), [1]);
  assert.deepEqual(positions('q=REPORT&page=2&lang=de'), [1, 2, 3]);
});

test('given a chosen value, when counted, then its own column counts as if nothing were chosen in it', () => {
  const filters = readFilters(new URLSearchParams('licence=cc-by-nc&licence=cc0'));
  const counts = new Map(
    countsBy(outcomes, filters, ['plan-s']).map(({ column, values }) => [column, values]),
  );
  assert.deepEqual(counts.get('licence'), [
    { value: 'cc-by', count: 1 },
    { value: 'cc-by-nc', count: 1 },
    { value: 'unknown', count: 1 },
    { value: 'cc0', count: 0 },
  ]);
  assert.deepEqual(counts.get('verdict:plan-s'), [{ value: 'no', count: 1 }]);
  assert.deepEqual(counts.get('journal'), [{ value: 'oa', count: 1 }]);
});

test('given a pasted list, when read, then each line is the identifier or the title it looks like', () => {
  assert.deepEqual(readPasted('https://doi.org/10.5555/a\n\n PMC123 \ndoi:10.5555/b\n9912\nOn lichens'), {
    kind: 'articles',
    articles: [
      { doi: '10.5555/a' },
      { pmcid: 'PMC123' },
      { doi: '10.5555/b' },
      { pmid: '9912' },
      { title: 'On lichens' },
    ],
  });
  assert.equal(readPasted(' \n'), null);
});

test('given a pasted table with headings, when read, then it stays a table', () => {
  const text = 'DOI\tArticle title\n10.5555/a\tOn lichens';
  assert.deepEqual(readPasted(text), { kind: 'table', text });
});
