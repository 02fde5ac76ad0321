import assert from 'node:assert/strict';
import { test } from 'node:test';
import { XmlFault } from '../../platform/xml/index.ts';
import { readSruResponse } from './response.ts';

const MODS = `<m:mods xmlns:m="http://www.loc.gov/mods/v3"><m:titleInfo><m:title>T</m:title></m:titleInfo>
<m:identifier type="doi">10.1234/a</m:identifier></m:mods>`;
const DC = `<d:dc xmlns:d="info:srw/schema/1/dc-v1.1"><title xmlns="http://purl.org/dc/elements/1.1/">T</title>
<identifier xmlns="http://purl.org/dc/elements/1.1/">doi:10.1234/a</identifier></d:dc>`;
const DIDL = `<DIDL xmlns="urn:mpeg:mpeg21:2002:02-DIDL-NS"><Item><Component><Resource>${MODS}</Resource></Component></Item></DIDL>`;
const DIAGNOSTIC = `<g:diagnostic xmlns:g="http://www.loc.gov/zing/srw/diagnostic/"><g:uri>info:srw/diagnostic/1/66</g:uri>
<g:details>mods</g:details><g:message>Unknown schema for retrieval</g:message></g:diagnostic>`;

function answer(inside: string, asked: { id?: string } = {}) {
  const xml = `<s:searchRetrieveResponse xmlns:s="http://www.loc.gov/zing/srw/"><s:version>1.1</s:version>${inside}</s:searchRetrieveResponse>`;
  const read = readSruResponse([Buffer.from(xml)], asked);
  assert.ok(read.ok);
  return read;
}

const records = (...data: string[]) =>
  `<s:numberOfRecords>${data.length}</s:numberOfRecords><s:records>${data
    .map(
      (each) => `<s:record><s:recordSchema>x</s:recordSchema><s:recordData>${each}</s:recordData></s:record>`,
    )
    .join('')}</s:records>`;

const escaped = (xml: string) => xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

test('given oai_dc, MODS or DIDL as elements or as a string, when read, then it is the same record', () => {
  for (const data of [
    MODS,
    DC,
    DIDL,
    escaped(MODS),
    escaped(`<?xml version="1.0" encoding="ISO-8859-1"?>\n${DIDL}`),
  ]) {
    const { record, numberOfRecords, rejected } = answer(records(data));
    assert.deepEqual([numberOfRecords, rejected], [1, []]);
    assert.deepEqual([record?.recordId, record?.title, record?.partners], ['doi:10.1234/a', 'T', []]);
  }
});

test('given an OAI identifier that was asked for, when read, then its namespace is the partner', () => {
  assert.deepEqual(answer(records(MODS), { id: 'oai:repo.example.org:1' }).record?.partners, [
    { id: 'repo.example.org', name: null },
  ]);
  assert.deepEqual(answer(records(MODS), { id: 'doi:10.1234/a' }).record?.partners, []);
});

test('given no record, when read, then there is none and no fault', () => {
  assert.deepEqual(answer('<s:numberOfRecords>0</s:numberOfRecords>'), {
    ok: true,
    numberOfRecords: 0,
    record: null,
    rejected: [],
    diagnostics: [],
  });
});

test('given diagnostics beside or in place of a record, when read, then they are told', () => {
  const diagnostic = {
    uri: 'info:srw/diagnostic/1/66',
    message: 'Unknown schema for retrieval',
    details: 'mods',
  };
  assert.deepEqual(answer(`<s:diagnostics>${DIAGNOSTIC}</s:diagnostics>`).diagnostics, [diagnostic]);
  const surrogate = answer(records(DIAGNOSTIC));
  assert.deepEqual([surrogate.diagnostics, surrogate.record], [[diagnostic], null]);
});

test('given records that cannot be read, when read, then the reasons are told and the first good one is taken', () => {
  const { record, rejected } = answer(
    records(
      '<other/>',
      '',
      escaped('<mods'),
      escaped('<other/>'),
      '<m:mods xmlns:m="http://www.loc.gov/mods/v3"/>',
      MODS,
    ),
  );
  assert.equal(record?.title, 'T');
  assert.equal(rejected.length, 5);
  assert.match(rejected[2] ?? '', /no well-formed XML/);
});

test('given another document or broken XML, when read, then it is no answer, or an XmlFault', () => {
  assert.deepEqual(readSruResponse([Buffer.from('<html/>')]), {
    ok: false,
    reason: 'the document is no searchRetrieveResponse',
  });
  assert.throws(() => readSruResponse([Buffer.from('<s:searchRetrieveResponse xmlns:s="urn:x">')]), XmlFault);
});
