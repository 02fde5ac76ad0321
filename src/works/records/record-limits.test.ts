import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDelivery } from './example-delivery.ts';
import { dublinCore, oaiRecord, oaiResponse } from './example-records.ts';
import { readJsonPublications } from './json-publications.ts';
import { MAX_AUTHORS, MAX_RECORD_BYTES } from './record-limits.ts';

const GOOD = oaiRecord(dublinCore('<d:title>T</d:title>'), 'oai:repo.example.org:good');

function reasonBeforeGood(fields: string): string | undefined {
  const { records, rejected } = readDelivery(oaiResponse(oaiRecord(dublinCore(fields)) + GOOD), {
    pieceLength: 65_536,
  });
  assert.deepEqual(
    records.map((record) => record.recordId),
    ['oai:repo.example.org:good'],
  );
  return rejected[0]?.reason;
}

test('given one text over 10 MiB, when read, then its record is rejected and the next is taken', () => {
  const text = 'a'.repeat(MAX_RECORD_BYTES);
  assert.equal(
    reasonBeforeGood(`<d:description>${text}</d:description>`),
    'the record is larger than 10 MiB',
  );
});

test('given many texts that are over 10 MiB together, when read, then the record is rejected', () => {
  const field = `<d:description>${'é'.repeat(50_000)}</d:description>`;
  assert.equal(reasonBeforeGood(field.repeat(110)), 'the record is larger than 10 MiB');
});

test('given more elements than any record has, when read, then the record is rejected', () => {
  assert.match(reasonBeforeGood('<d:x/>'.repeat(400_001)) ?? '', /more than 400000 elements/);
});

test('given one author too many, when read, then the record is rejected; at the limit it is taken', () => {
  const creators = (count: number) => '<d:creator>A</d:creator>'.repeat(count);
  assert.equal(reasonBeforeGood(creators(MAX_AUTHORS + 1)), 'the record has more than 20000 authors');
  const { records } = readDelivery(oaiResponse(oaiRecord(dublinCore(creators(MAX_AUTHORS)))));
  assert.equal(records[0]?.authors.length, MAX_AUTHORS);
});

test('given one author too many in JSON, when read, then the item is rejected', () => {
  const authors = Array.from({ length: MAX_AUTHORS + 1 }, () => ({ name: 'A' }));
  const read = readJsonPublications({ publications: [{ id: 'doi:10.1234/a', authors }] });
  assert.deepEqual(read.ok && read.rejected[0]?.errors, [
    { path: 'publications[0].authors', message: 'must not be more than 20000' },
  ]);
});

test('given thousands of identifiers without a known form, when read, then a hundred notes and their number remain', () => {
  const fields = Array.from({ length: 3000 }, (_, at) => `<d:identifier>number ${at}</d:identifier>`).join(
    '',
  );
  const { records } = readDelivery(oaiResponse(oaiRecord(dublinCore(fields))));
  assert.equal(records[0]?.notes.length, 101);
  assert.equal(records[0]?.notes[100], 'and 2900 more');
});
