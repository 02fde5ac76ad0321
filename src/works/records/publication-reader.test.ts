import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { XmlFault } from '../../platform/xml/index.ts';
import { readDelivery, readOne } from './example-delivery.ts';
import { didl, dublinCore, mods, oaiRecord, oaiResponse } from './example-records.ts';

const TITLED = dublinCore('<d:title>T</d:title>');

test('given a ListRecords response, when read, then its records come in order and its frame is told', () => {
  const xml = oaiResponse(
    oaiRecord(TITLED) + oaiRecord(mods('<genre>article</genre>'), 'oai:repo.example.org:2'),
    {
      after: '<resumptionToken completeListSize="9"> next </resumptionToken>',
    },
  );
  const { records, positions, end } = readDelivery(xml);
  assert.deepEqual(positions, [1, 2]);
  assert.deepEqual(
    records.map((record) => [record.recordId, record.datestamp, record.deleted, record.title, record.type]),
    [
      ['oai:repo.example.org:1', '2024-04-30T09:00:00Z', false, 'T', 'Unspecified'],
      ['oai:repo.example.org:2', '2024-04-30T09:00:00Z', false, null, 'Article'],
    ],
  );
  assert.deepEqual(end, {
    kind: 'oai',
    responseDate: '2024-05-01T10:00:00Z',
    baseUrl: 'https://repo.example.org/oai',
    resumptionToken: 'next',
    oaiError: null,
    records: 2,
    rejected: 0,
  });
});

test('given a GetRecord response, when read, then it is the same', () => {
  assert.equal(readDelivery(oaiResponse(oaiRecord(TITLED), { verb: 'GetRecord' })).records.length, 1);
});

test('given an empty resumption token, when read, then there is none', () => {
  const { end } = readDelivery(oaiResponse(oaiRecord(TITLED), { after: '<resumptionToken cursor="0"/>' }));
  assert.equal(end.kind === 'oai' && end.resumptionToken, null);
});

test('given an OAI-PMH error, when read, then its code and text are told', () => {
  const xml = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="noRecordsMatch">nothing new</error></OAI-PMH>`;
  const { end } = readDelivery(xml);
  assert.deepEqual(end.kind === 'oai' && end.oaiError, { code: 'noRecordsMatch', message: 'nothing new' });
});

test('given a deleted record, when read, then only its identity is left', () => {
  const { records } = readDelivery(oaiResponse(oaiRecord('', 'oai:repo.example.org:9', 'status="deleted"')));
  assert.deepEqual(records, [
    {
      recordId: 'oai:repo.example.org:9',
      datestamp: '2024-04-30T09:00:00Z',
      deleted: true,
      identifiers: ['oai:repo.example.org:9'],
      urls: [],
      title: null,
      type: 'Unspecified',
      date: null,
      publisher: null,
      authors: [],
      partners: [],
      parent: null,
      notes: [],
    },
  ]);
});

test('given bad records among good ones, when read, then each is rejected with its position and reason and the others are kept', () => {
  const xml = oaiResponse(
    oaiRecord('') +
      oaiRecord(TITLED, 'oai:repo.example.org:2') +
      oaiRecord('<marc xmlns="urn:marc"/>') +
      '<record/>' +
      oaiRecord(TITLED, 'repo.example.org/no-known-form'),
  );
  const { records, rejected, end } = readDelivery(xml);
  assert.deepEqual(
    records.map((record) => record.recordId),
    ['oai:repo.example.org:2'],
  );
  assert.deepEqual(rejected, [
    { position: 1, reason: 'the record has no metadata' },
    { position: 3, reason: 'the metadata is none of oai_dc, MODS and DIDL but marc of urn:marc' },
    { position: 4, reason: 'the record has no header identifier' },
    { position: 5, reason: 'the record has no identifier of a known form' },
  ]);
  assert.deepEqual([end.kind === 'oai' && end.records, end.kind === 'oai' && end.rejected], [1, 4]);
});

test('given a header identifier without oai:, when read, then it is an identifier only where it has a known form', () => {
  const withIdentifier = dublinCore('<d:identifier>doi:10.1234/a</d:identifier>');
  const read = (id: string) => readDelivery(oaiResponse(oaiRecord(withIdentifier, id))).records[0];
  assert.deepEqual(read('gov.example:0002316')?.identifiers, ['gov.example:0002316', 'doi:10.1234/a']);
  assert.deepEqual(read('https://repo.example.org/7')?.urls, [
    { url: 'https://repo.example.org/7', kind: 'page' },
  ]);
  const unknown = read('repo.example.org/ac:7');
  assert.deepEqual([unknown?.recordId, unknown?.identifiers], ['repo.example.org/ac:7', ['doi:10.1234/a']]);
});

test('given no named partner, when read, then it is the namespace of the header identifier, else the host of the base URL', () => {
  const withIdentifier = dublinCore('<d:identifier>doi:10.1234/a</d:identifier>');
  const partnersOf = (id: string, baseUrl: string) =>
    readDelivery(oaiResponse(oaiRecord(withIdentifier, id), { baseUrl })).records[0]?.partners;
  assert.deepEqual(partnersOf('oai:space-production:1810/2', 'https://x.example/oai'), [
    { id: 'space-production', name: null },
  ]);
  assert.deepEqual(partnersOf('number:7', 'https://Data.Example.org:8443/oai'), [
    { id: 'data.example.org', name: null },
  ]);
  assert.deepEqual(partnersOf('number:7', 'no url'), []);
});

test('given a named partner, when read, then it replaces the namespace and degree grantors still come on top', () => {
  const grantor = mods(
    '<name type="corporate"><namePart>Uni</namePart><role><roleTerm>dgg</roleTerm></role></name>',
  );
  assert.deepEqual(readOne(grantor, { id: ' https://ror.org/04pp8hn57 ', name: 'Consortium' }).partners, [
    { id: 'ror:04pp8hn57', name: 'Consortium' },
    { id: 'name:uni', name: 'Uni' },
  ]);
});

test('given metadata without OAI-PMH around it, when read, then it is a record named by its first identifier', () => {
  const one = mods('<identifier type="doi">10.1234/a</identifier>');
  const collection = `<m:modsCollection xmlns:m="http://www.loc.gov/mods/v3">${one}${one}${mods('')}</m:modsCollection>`;
  assert.equal(readDelivery(one).records[0]?.recordId, 'doi:10.1234/a');
  assert.equal(readDelivery(didl(mods(''))).records[0]?.recordId, 'urn:nbn:nl:ui:99-1');
  assert.equal(
    readDelivery(dublinCore('<d:identifier>https://a.example/1</d:identifier>')).records[0]?.recordId,
    'https://a.example/1',
  );
  assert.deepEqual(readDelivery(collection).end, { kind: 'bare', records: 2, rejected: 1 });
});

test('given a document that is no delivery, when read, then it is refused with the reason', () => {
  const refused = (xml: string) => {
    const { end } = readDelivery(xml);
    return end.kind === 'refused' ? end.reason : end.kind;
  };
  assert.match(refused('<html><body/></html>'), /root element is html/);
  assert.match(refused('<OAI-PMH><ListRecords/></OAI-PMH>'), /root element is OAI-PMH/);
  assert.match(refused(oaiResponse('', { verb: 'Identify' })), /neither ListRecords nor GetRecord/);
});

test('given broken XML or a DOCTYPE, when read, then it is an XmlFault', () => {
  assert.throws(() => readDelivery(oaiResponse(oaiRecord(TITLED)).slice(0, -20)), XmlFault);
  assert.throws(() => readDelivery(`<!DOCTYPE x>${oaiResponse('')}`), XmlFault);
});

test('given bytes cut anywhere, when read, then the records are the same', () => {
  const xml = oaiResponse(
    oaiRecord(didl(mods('<titleInfo><title>Ærø – 海</title></titleInfo>'))) + oaiRecord(TITLED),
  );
  const whole = readDelivery(xml);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (pieceLength) => {
      assert.deepEqual(readDelivery(xml, { pieceLength }), whole);
    }),
    { numRuns: 30 },
  );
});
