import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOne } from './example-delivery.ts';
import { mods } from './example-records.ts';

const parentOf = (related: string) => readOne(mods(related)).parent;
const EMPTY = { title: null, type: null, issnOnline: null, issnPrint: null, isbn: null, doi: null };

test('given a host journal, when read, then title, both ISSN and DOI are its own', () => {
  const parent =
    parentOf(`<relatedItem type="series"><titleInfo><title>Series</title></titleInfo></relatedItem>
    <relatedItem type="host"><titleInfo><title>Journal of Tides</title></titleInfo>
    <identifier type="issn">03785955</identifier><identifier type="eissn">1476-4687</identifier>
    <identifier type="doi">https://doi.org/10.1234/J</identifier></relatedItem>`);
  assert.deepEqual(parent, {
    ...EMPTY,
    title: 'Journal of Tides',
    type: 'Journal',
    issnPrint: '0378-5955',
    issnOnline: '1476-4687',
    doi: '10.1234/j',
  });
});

test('given a host book, when read, then it is a book by its ISBN, and by its genre', () => {
  const isbn = '<identifier type="isbn">978-3-16-148410-0</identifier>';
  assert.deepEqual(parentOf(`<relatedItem type="host">${isbn}</relatedItem>`), {
    ...EMPTY,
    type: 'Book',
    isbn: '9783161484100',
  });
  assert.equal(
    parentOf(`<relatedItem type="host">${isbn}<genre>proceedings</genre></relatedItem>`)?.type,
    'Conference',
  );
});

test('given an ISSN that says where it belongs or a URN, when read, then it goes there', () => {
  const parent = parentOf(`<relatedItem type="host"><identifier type="uri">urn:issn:0378-5955</identifier>
    <identifier type="issn" displayLabel="electronic">1476-4687</identifier></relatedItem>`);
  assert.equal(parent?.issnPrint, '0378-5955');
  assert.equal(parent?.issnOnline, '1476-4687');
});

test('given an empty host or an ISSN with a wrong check digit, when read, then there is no parent', () => {
  assert.equal(parentOf('<relatedItem type="host"><titleInfo/></relatedItem>'), null);
  assert.equal(
    parentOf('<relatedItem type="host"><identifier type="issn">0378-5950</identifier></relatedItem>'),
    null,
  );
});
