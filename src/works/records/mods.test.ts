import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOne } from './example-delivery.ts';
import { mods } from './example-records.ts';

const read = (fields: string) => readOne(mods(fields));

test('given titles with and without type, when read, then the first without type is the title', () => {
  const record = read(`
    <titleInfo type="alternative"><title>Alt</title></titleInfo><titleInfo/>
    <titleInfo><nonSort>The</nonSort><title>Atlas</title><subTitle>a history</subTitle></titleInfo>
    <titleInfo><title>Second</title></titleInfo>`);
  assert.equal(record.title, 'The Atlas: a history');
});

test('given only a translated title, when read, then it is better than none', () => {
  assert.equal(read('<titleInfo type="translated"><title>Atlas</title></titleInfo>').title, 'Atlas');
});

test('given dates and publishers, when read, then those of the work count and those of related items do not', () => {
  const record = read(`
    <originInfo><publisher>University Press</publisher><dateIssued encoding="iso8601">1993-1-01</dateIssued></originInfo>
    <originInfo><dateIssued>c1990</dateIssued><dateCreated>1980</dateCreated></originInfo>
    <relatedItem type="host"><originInfo><publisher>Else</publisher><dateIssued>1970</dateIssued></originInfo></relatedItem>`);
  assert.equal(record.date, '1993-01-01');
  assert.equal(record.publisher, 'University Press');
});

test('given genre and type of resource, when read, then the first known word is the type', () => {
  const record = read(
    '<typeOfResource>still image</typeOfResource><genre>essay</genre><genre>info:eu-repo/semantics/DoctoralThesis</genre>',
  );
  assert.equal(record.type, 'Thesis_or_Dissertation');
  assert.equal(read('<typeOfResource>still image</typeOfResource>').type, 'Image');
});

test('given typed identifiers, when read, then a bare value gets its scheme and those that are no identity are left', () => {
  const record = read(`
    <identifier type="doi">10.1234/ABC</identifier>
    <identifier type="hdl">1874/3054</identifier>
    <identifier type="uri">https://hdl.handle.net/1874/3054</identifier>
    <identifier type="pmid">16366734</identifier>
    <identifier type="arxiv">1501.00001v2</identifier>
    <identifier type="doi" invalid="yes">10.1234/old</identifier>
    <identifier type="isbn">978-3-16-148410-0</identifier>
    <identifier type="uri">urn:isbn:9783161484100</identifier>
    <identifier type="issn">0378-5955</identifier>
    <identifier type="local">local:7</identifier>
    <identifier type="citation">doi:10.9999/cited</identifier>
    <relatedItem type="host"><identifier type="doi">10.9999/journal</identifier></relatedItem>`);
  assert.deepEqual(record.identifiers, [
    'oai:repo.example.org:1',
    'doi:10.1234/abc',
    'hdl:1874/3054',
    'pmid:16366734',
    'arxiv:1501.00001',
  ]);
});

test('given locations, when read, then raw objects are files, previews nothing, the others pages', () => {
  const record = read(`<location>
    <url usage="primary display">https://repo.example.org/1</url><url access="raw object">https://repo.example.org/1.bin</url>
    <url access="preview">https://repo.example.org/1.png</url></location>`);
  assert.deepEqual(record.urls, [
    { url: 'https://repo.example.org/1', kind: 'page' },
    { url: 'https://repo.example.org/1.bin', kind: 'file' },
  ]);
});

test('given the namespace of any MODS version, when read, then it is MODS', () => {
  for (const ns of [
    'http://www.loc.gov/mods/v3',
    'http://www.loc.gov/mods/',
    'http://www.loc.gov/mods/v3/',
  ]) {
    assert.equal(readOne(mods('<titleInfo><title>T</title></titleInfo>', ns)).title, 'T', ns);
  }
});
