import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PublicationRecord } from '../publication.ts';
import { createPublicationReader } from './index.ts';

const corpus = process.env.CORPUS;
const options = { skip: corpus === undefined };

function readFile(...path: string[]) {
  const records: PublicationRecord[] = [];
  const reader = createPublicationReader({
    onRecord: (record) => records.push(record),
    onReject: ({ position, reason }) => assert.fail(`${position}: ${reason}`),
  });
  reader.write(readFileSync(join(corpus ?? '', 'usage', ...path)));
  return { records, end: reader.end() };
}

function only(file: string): PublicationRecord {
  const { records } = readFile('didl', file);
  const [record] = records;
  assert.equal(records.length, 1);
  assert.ok(record);
  return record;
}

const COUNTS: [string, number, number][] = [
  ['cambridge_0', 68, 403],
  ['udel_0', 100, 200],
  ['udel_1', 100, 179],
  ['caltech_0', 88, 462],
  ['columbia_0', 6, 16],
  ['noaa_nodc_0', 5, 0],
  ['umich_0', 11, 26],
];

for (const [file, recordCount, creatorCount] of COUNTS) {
  test(
    `given ${file}, when read, then it has ${recordCount} records and ${creatorCount} creators`,
    options,
    () => {
      const { records } = readFile('dc', `${file}.xml`);
      assert.equal(records.length, recordCount);
      assert.equal(records.flatMap((record) => record.authors).length, creatorCount);
      assert.ok(records.every((record) => record.title !== null && record.partners.length === 1));
    },
  );
}

test('given columbia and noaa_nodc, when read, then the partner is the host of the base URL', options, () => {
  const partnerOf = (file: string) => readFile('dc', file).records[0]?.partners[0]?.id;
  assert.equal(partnerOf('columbia_0.xml'), 'academiccommons.columbia.edu');
  assert.equal(partnerOf('noaa_nodc_0.xml'), 'data.nodc.noaa.gov');
});

test('given the pages of udel, when read, then each names the next', options, () => {
  const tokenOf = (file: string) => {
    const { end } = readFile('dc', file);
    return end.kind === 'oai' && Buffer.from(end.resumptionToken ?? '', 'base64').toString();
  };
  assert.match(String(tokenOf('udel_0.xml')), /^1:100/);
  assert.match(String(tokenOf('udel_1.xml')), /^1:200/);
});

test('given differ, when read, then its author has the DAI', options, () => {
  assert.deepEqual(
    only('differ.xml').authors.flatMap((author) => author.ids),
    ['dai:071090665'],
  );
});

test(
  'given knaw_0060, when read, then the failing DAI is kept and DAI and ORCID of the promotor are one person',
  options,
  () => {
    const { authors, alsoNamed, type, urls } = only('knaw_0060.xml');
    assert.deepEqual(authors, [{ name: 'Schrijver, A.', ids: ['dai:29806278'] }]);
    assert.deepEqual(
      alsoNamed?.map((person) => person.ids.toSorted()),
      [['dai:071792279', 'orcid:0000-0002-1825-0097']],
    );
    assert.equal(type, 'Book_Segment');
    assert.equal(urls.filter((url) => url.kind === 'file').length, 3);
  },
);

test('given knaw_0040, when read, then it has four authors and its DOI', options, () => {
  const { authors, identifiers } = only('knaw_0040.xml');
  assert.equal(authors.length, 4);
  assert.ok(identifiers.includes('doi:10.4121/collection:ab70dbf9-ac4f-40a7-9859-9552d38fdccd'));
});

test('given uu, when read, then the university that granted the degree is a partner', options, () => {
  const { identifiers, partners } = only('uu.xml');
  assert.deepEqual(identifiers, [
    'oai:dspace.library.uu.nl:1874/3054',
    'urn:nbn:nl:ui:10-1874-3054',
    'hdl:1874/3054',
  ]);
  assert.deepEqual(
    partners.map((partner) => partner.id),
    ['dspace.library.uu.nl', 'name:university utrecht'],
  );
});
