import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOne } from './example-delivery.ts';
import { dublinCore } from './example-records.ts';

const read = (fields: string) => readOne(dublinCore(fields));

test('given oai_dc under any prefixes, when read, then title, creators, date, publisher and type are those of the rules', () => {
  const record = read(`
    <d:title>  Tides of
      the North Sea </d:title><d:title>Getijden</d:title>
    <d:creator>Waal, Anna van der</d:creator><d:creator>Institute of Tides</d:creator><d:creator> </d:creator>
    <d:contributor>Helper, A.</d:contributor>
    <d:date>2012-03-04T05:06:07Z</d:date><d:date>2011</d:date><d:date>in press</d:date>
    <d:publisher>Sea Press</d:publisher><d:publisher>Other</d:publisher>
    <d:type>text</d:type><d:type>Working Paper</d:type>`);
  assert.equal(record.title, 'Tides of the North Sea');
  assert.deepEqual(record.authors, [
    { name: 'Waal, Anna van der', ids: [] },
    { name: 'Institute of Tides', ids: [] },
  ]);
  assert.equal(record.date, '2011');
  assert.equal(record.publisher, 'Sea Press');
  assert.equal(record.type, 'Report');
  assert.equal(record.parent, null);
});

test('given identifiers in many spellings, when read, then they are canonical, in order, once, and addresses are page or file', () => {
  const record = read(`
    <d:identifier>https://doi.org/10.1234/ABC</d:identifier>
    <d:identifier> 10.1234/abc </d:identifier>
    <d:identifier>http://hdl.handle.net/1874/12</d:identifier>
    <d:identifier>http://repo.example.org/1</d:identifier>
    <d:identifier>http://repo.example.org/1/paper.PDF?download=1#page=2</d:identifier>`);
  assert.deepEqual(record.identifiers, ['oai:repo.example.org:1', 'doi:10.1234/abc', 'hdl:1874/12']);
  assert.deepEqual(record.urls, [
    { url: 'http://repo.example.org/1', kind: 'page' },
    { url: 'http://repo.example.org/1/paper.PDF?download=1', kind: 'file' },
  ]);
});

test('given ISSN, ISBN, citations, relations and sources, when read, then none of them is identity and the ignored ones are noted', () => {
  const record = read(`
    <d:identifier>0378-5955</d:identifier><d:identifier>ISSN: 0378-5955</d:identifier>
    <d:identifier>urn:isbn:9789608719798</d:identifier><d:identifier>urn:ISSN:0378-5955</d:identifier>
    <d:identifier>info:doi/10.00282162</d:identifier>
    <d:identifier>Waal, A. (2011) Tides. Sea 3, 1-9. doi: 10.9999/cited</d:identifier>
    <d:relation>https://doi.org/10.9999/other</d:relation><d:source>doi:10.9999/journal</d:source>`);
  assert.deepEqual(record.identifiers, ['oai:repo.example.org:1']);
  assert.deepEqual(record.urls, []);
  assert.equal(record.notes.length, 6);
  assert.match(record.notes.join('\n'), /"info:doi\/10\.00282162" ignored/);
});

test('given an element of another namespace with the name of a field, when read, then it is not that field', () => {
  const record = read('<d:title>Own</d:title><creator xmlns="urn:other">Not me</creator>');
  assert.deepEqual(record.authors, []);
});
