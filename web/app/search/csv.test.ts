import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine } from './csv.ts';

const cells: [string, string][] = [
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['+cmd', "'+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-12.5', '-12.5'],
  ['- a list', "'- a list"],
];
for (const [text, written] of cells) {
  test(`given ${JSON.stringify(text)}, when written as CSV, then it is one cell and no formula`, () => {
    assert.equal(csvLine([text]), `${written}\r\n`);
  });
}
