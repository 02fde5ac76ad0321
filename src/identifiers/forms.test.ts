import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  doiOfCell,
  parseDoi,
  parseIsbn,
  parseIssn,
  parsePmcid,
  parsePmid,
  pmcidOfCell,
  pmidOfCell,
} from './index.ts';

test('given DOIs in any spelling, when read alone, then the bare DOI comes back; short registrants only if allowed', () => {
  assert.equal(parseDoi('https://doi.org/10.1371%2FX?y'), '10.1371/x');
  assert.equal(parseDoi(' doi:10.1371/X '), '10.1371/x');
  assert.equal(parseDoi('10.1/doi'), null);
  assert.equal(parseDoi('10.1/doi', { shortRegistrant: true }), '10.1/doi');
  assert.equal(parseDoi('https://example.org/10.1371/x'), null);
});

test('given PubMed and PMC ids in any spelling, when read alone, then the bare value comes back', () => {
  assert.equal(parsePmid('https://pubmed.ncbi.nlm.nih.gov/123/'), '123');
  assert.equal(parsePmid('pmid:123'), '123');
  assert.equal(parsePmid('0123'), null);
  assert.equal(parsePmcid('pmcid:pmc123.2'), 'PMC123');
  assert.equal(parsePmcid('https://pmc.ncbi.nlm.nih.gov/articles/PMC12124214/'), 'PMC12124214');
  assert.equal(parsePmcid('x'), null);
});

test('given ISSNs, when read, then they are hyphenated and their check digit is right', () => {
  for (const text of ['1471-2121', '14712121', 'ISSN 1471-2121', 'issn:1471-2121', 'urn:ISSN:1471-2121']) {
    assert.equal(parseIssn(text), '1471-2121', text);
  }
  assert.equal(parseIssn('0010-440x'), '0010-440X');
  for (const text of ['1471-2122', '1471-212', '', 'none']) assert.equal(parseIssn(text), null, text);
});

test('given ISBNs of ten and thirteen, when read, then thirteen digits come back and wrong ones do not', () => {
  assert.equal(parseIsbn('0-306-40615-2'), '9780306406157');
  assert.equal(parseIsbn('urn:isbn:978 0 306 40615 7'), '9780306406157');
  assert.equal(parseIsbn('9790306406157'), null);
  assert.equal(parseIsbn('977-0-306-40615-7'), null);
});

const CELLS: [read: (text: string) => string | null, cell: string, value: string | null][] = [
  [pmcidOfCell, 'pmc123456', 'PMC123456'],
  [pmcidOfCell, ' PMC 12124214 ', 'PMC12124214'],
  [pmcidOfCell, 'PMCID: PMC0012.1', 'PMC12'],
  [pmcidOfCell, 'https://europepmc.org/article/PMC/PMC4219345/', 'PMC4219345'],
  [pmcidOfCell, 'www.ncbi.nlm.nih.gov/pmc/articles/PMC4219345', 'PMC4219345'],
  [pmcidOfCell, 'none', null],
  [pmcidOfCell, 'PMC123456789', null],
  [pmidOfCell, 'PMID: 123', '123'],
  [pmidOfCell, '\u00a025061507.0\u200b', '25061507'],
  [pmidOfCell, '０１２', '12'],
  [pmidOfCell, 'https://europepmc.org/abstract/MED/25061507', '25061507'],
  [pmidOfCell, 'n/a', null],
  [doiOfCell, '10.1/doi', '10.1/doi'],
  [doiOfCell, 'https://doi.org/10.1016%2Fj.cell.2010.05.020.', '10.1016/j.cell.2010.05.020'],
  [doiOfCell, '10.1016/S0167-8140(11)70251-1', '10.1016/s0167-8140(11)70251-1'],
  [doiOfCell, '(10.1016/x', null],
  [doiOfCell, 'DOI: 10.1016/x(1)).”', '10.1016/x(1)'],
  [doiOfCell, 'http://dx.doi.org/doi:10.1016/x;', '10.1016/x'],
  [doiOfCell, '//hdl.handle.net/10.1016/X', '10.1016/x'],
  [doiOfCell, '10.10\u200b16/x\u00ad', '10.1016/x'],
  [doiOfCell, '0.1016/j.tins.2013.08.001', null],
  [doiOfCell, '10.1016/a b', null],
];

for (const [read, cell, value] of CELLS) {
  test(`given the cell ${JSON.stringify(cell)}, when read by ${read.name}, then it is ${value}`, () => {
    assert.equal(read(cell), value);
  });
}

test('given any cell, when it is read, then nothing throws and what was read is read back as itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', 'pmc', 'pmid:', 'doi:10.1/', '10.1234/(', '10.1234/)%'),
      fc.string(),
      (start, end) => {
        for (const read of [pmcidOfCell, pmidOfCell]) {
          const value = read(start + end);
          if (value !== null) assert.equal(read(value), value);
        }
        doiOfCell(start + end);
      },
    ),
  );
});

test('given a cell of a megabyte, when it is read, then it holds no identifier', () => {
  for (const read of [pmcidOfCell, pmidOfCell, doiOfCell]) assert.equal(read(`doi${' '.repeat(1e6)}x`), null);
});
