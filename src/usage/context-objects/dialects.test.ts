import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeliveredEvent } from '../event.ts';
import { dialect, readDelivery } from './delivery-fixture.ts';

const NOTHING: DeliveredEvent = {
  position: 1,
  recordPosition: null,
  identifier: null,
  time: 0,
  identifiers: [],
  url: null,
  kind: 'request',
  method: null,
  status: null,
  excludedClass: false,
  address: null,
  hashedAddress: null,
  userAgent: null,
  user: null,
  cookie: null,
  session: null,
  country: null,
  referrer: null,
  repository: null,
};
const MD5 = 'c06f0464f37249a0a9f848d4b823ef2a';
const SHA256 = '182205deadd200e6337e74d736e6614fde9ab44277c1a33c0947bb6898f1fb31';

test('given a KE delivery, when read, then every datum is found', () => {
  const { summary, events, notes } = readDelivery(dialect('ke'));
  assert.equal(summary.kind, 'context-objects');
  assert.deepEqual(events, [
    {
      ...NOTHING,
      identifier: 'b06c0444f37249a0a8f748d3b823ef2a',
      time: Date.UTC(2010, 6, 1, 8, 15, 30, 250),
      identifiers: ['https://repository.example.nl/bitstream/1/thesis.pdf', 'urn:nbn:nl:ui:10-15290'],
      url: 'https://repository.example.nl/bitstream/1/thesis.pdf',
      hashedAddress: MD5,
      address: '118.94.150.0',
      country: 'GB',
      referrer: 'http://search.example.org/?q=thesis',
      repository: 'http://repository.example.nl/oai',
    },
    {
      ...NOTHING,
      position: 2,
      identifier: 'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
      time: Date.UTC(2010, 6, 1, 10, 15, 30),
      identifiers: ['doi:10.1234/abc'],
      kind: 'investigation',
      hashedAddress: MD5,
      repository: 'http://repository.example.nl/oai',
    },
  ]);
  assert.deepEqual(notes, []);
});

test('given a NEEO delivery, when read, then the document and the agent come from metadata, and the least is enough', () => {
  const { events, notes } = readDelivery(dialect('neeo'));
  assert.deepEqual(events, [
    {
      ...NOTHING,
      identifier: 'neeo-1',
      time: Date.UTC(2009, 2, 2, 8),
      identifiers: ['hdl:2345/678'],
      url: 'http://hdl.handle.net/2345/678',
      hashedAddress: MD5,
      userAgent: 'Mozilla/5.0 (X11; Linux)',
      referrer: 'http://www.example.com/list.html',
    },
    {
      ...NOTHING,
      position: 2,
      time: Date.UTC(2009, 2, 2, 8, 0, 1),
      identifiers: ['http://repository.example.be/77'],
      url: 'http://repository.example.be/77',
      hashedAddress: MD5,
    },
  ]);
  assert.deepEqual(notes, [
    [1, 'no resolver (2 times)'],
    [2, 'no service-type'],
  ]);
});

test('given an OA-Statistik page, when read, then events know their record and its place', () => {
  const { summary, events, recordOf, records, rejections, notes } = readDelivery(dialect('oas'));
  assert.deepEqual(summary, {
    kind: 'oai',
    accepted: 2,
    rejected: 1,
    records: 2,
    responseDate: '2012-05-04T12:00:00Z',
    resumptionToken: 'pos:30',
    completeListSize: 80,
    cursor: 20,
    oaiError: null,
  });
  assert.deepEqual(events, [
    {
      ...NOTHING,
      recordPosition: 1,
      time: Date.UTC(2012, 4, 3, 22, 10),
      identifiers: ['http://edoc.example.de/42.pdf', 'oai:edoc.example.de:42'],
      url: 'http://edoc.example.de/42.pdf',
      status: 206,
      excludedClass: true,
      hashedAddress: SHA256,
      session: 'aa11',
      userAgent: '',
      repository: 'http://edoc.example.de/oai',
    },
    {
      ...NOTHING,
      position: 2,
      recordPosition: 2,
      time: Date.UTC(2012, 4, 3, 22, 10, 5),
      identifiers: ['oai:edoc.example.de:43'],
      kind: 'other',
      status: 200,
      hashedAddress: SHA256,
      repository: 'http://edoc.example.de/oai',
    },
  ]);
  assert.deepEqual(recordOf, ['oai:oas:example:1', 'oai:oas:example:1']);
  assert.deepEqual(records, [
    { identifier: 'oai:oas:example:1', datestamp: '2012-05-04T11:00:00Z', deleted: false, events: 2 },
    { identifier: 'oai:oas:example:2', datestamp: '2012-05-04', deleted: true, events: 0 },
  ]);
  assert.deepEqual(rejections, [{ position: 3, reason: 'no referent identifier' }]);
  assert.deepEqual(notes, []);
});

test('given a SURE context object, when read, then its country is known and its encrypted address is a pseudonym', () => {
  const { summary, events } = readDelivery(dialect('sure'));
  assert.equal(summary.kind, 'context-object');
  assert.deepEqual(events, [
    {
      ...NOTHING,
      identifier: 'sure-1',
      time: Date.UTC(2008, 10, 5, 8),
      identifiers: ['doi:10.1234/xyz'],
      url: 'https://doi.org/10.1234/xyz',
      hashedAddress: 'x9fZ+encrypted==',
      country: 'NL',
      repository: 'http://sure.example.nl',
    },
  ]);
});

test('given an EPrints record, when read, then the address, the agent and the service are found', () => {
  const { events, records } = readDelivery(dialect('eprints'));
  assert.deepEqual(events, [
    {
      ...NOTHING,
      recordPosition: 1,
      time: Date.UTC(2010, 11, 31, 23, 59, 59),
      identifiers: ['oai:eprints.example.ac.uk:15'],
      kind: 'investigation',
      address: '152.78.189.19',
      userAgent: 'curl/7.0',
      referrer: 'http://eprints.example.ac.uk/15/',
    },
  ]);
  assert.deepEqual(records, [
    { identifier: 'oai:eprints.example.ac.uk:access/9', datestamp: '2011-01-01', deleted: false, events: 1 },
  ]);
});

test('given an Invenio delivery, when read, then the resolver inside service-type and data: in hashed-ip are understood', () => {
  const { events, notes } = readDelivery(dialect('invenio'));
  assert.deepEqual(events, [
    {
      ...NOTHING,
      identifier: 'inv-1',
      time: Date.UTC(2014, 1, 3, 4, 5, 6),
      identifiers: ['https://invenio.example.eu/record/5/files/5.pdf'],
      url: 'https://invenio.example.eu/record/5/files/5.pdf',
      hashedAddress: MD5,
      userAgent: 'Mozilla/5.0',
      repository: 'https://invenio.example.eu',
    },
  ]);
  assert.deepEqual(notes, []);
});

for (const name of ['ke', 'neeo', 'oas', 'sure', 'eprints', 'invenio'] as const) {
  test(`given a delivery of ${name}, when it comes cut anywhere or under other prefixes, then it reads the same`, () => {
    const body = dialect(name);
    const whole = readDelivery(body);
    for (const size of [1, 7, 100]) assert.deepEqual(readDelivery(body, { size }), whole);
    if (body.includes('<ctx:')) {
      const renamed = body
        .replaceAll('<ctx:', '<zz:')
        .replaceAll('</ctx:', '</zz:')
        .replaceAll('xmlns:ctx=', 'xmlns:zz=');
      assert.deepEqual(readDelivery(renamed.replaceAll(' ctx:', ' zz:')), whole);
    }
  });
}
