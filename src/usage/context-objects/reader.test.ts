import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { XmlFault } from '../../platform/xml/index.ts';
import { contextObject, contextObjects, dialect, NOW, readDelivery } from './delivery-fixture.ts';
import { FormFault } from './index.ts';

const day = 24 * 3_600_000;
const at = (time: number) => `timestamp="${new Date(time).toISOString()}"`;

const rejections: [what: string, item: string, reason: RegExp][] = [
  ['no timestamp', contextObject({ attributes: '' }), /^no timestamp$/],
  ['an empty timestamp', contextObject({ attributes: 'timestamp=" "' }), /^no timestamp$/],
  [
    'a date without time',
    contextObject({ attributes: 'timestamp="2019-05-01"' }),
    /"2019-05-01" is not an ISO 8601/,
  ],
  [
    'an impossible day',
    contextObject({ attributes: 'timestamp="2019-02-30T10:00:00Z"' }),
    /is not an ISO 8601/,
  ],
  [
    'a time too far ahead',
    contextObject({ attributes: at(NOW + day + 1) }),
    /more than 24 hours in the future/,
  ],
  ['no referent', '<context-object timestamp="2019-05-01T10:00:00Z"/>', /^no referent identifier$/],
  ['an empty referent', contextObject({ referent: '<identifier/>' }), /^no referent identifier$/],
  [
    'an unusable referent',
    contextObject({ referent: '<identifier>what?</identifier>' }),
    /"what\?" has no known form/,
  ],
  [
    'a broken DOI',
    contextObject({ referent: '<identifier>info:doi/10.00282162</identifier>' }),
    /looks like a DOI/,
  ],
  [
    'a control character in a referent',
    contextObject({ referent: '<identifier>oai:a:b&#x85;c</identifier>' }),
    /control/,
  ],
  [
    'a control character in the identifier',
    contextObject({ attributes: 'timestamp="2019-05-01T10:00:00Z" identifier="a&#10;b"' }),
    /control character/,
  ],
  [
    'an endless identifier',
    contextObject({ attributes: `timestamp="2019-05-01T10:00:00Z" identifier="${'a'.repeat(2049)}"` }),
    /longer than 2,048/,
  ],
  [
    'a wrong namespace',
    '<context-object xmlns="urn:other" timestamp="2019-05-01T10:00:00Z"/>',
    /namespace "urn:other"/,
  ],
];

for (const [what, item, reason] of rejections) {
  test(`given one context object with ${what}, when read, then it is rejected by position and the others are taken`, () => {
    const { summary, events, rejections } = readDelivery(
      contextObjects(contextObject({}), item, contextObject({})),
    );
    assert.deepEqual([summary.accepted, summary.rejected], [2, 1]);
    assert.deepEqual(
      events.map((event) => event.position),
      [1, 3],
    );
    assert.equal(rejections[0]?.position, 2);
    assert.match(rejections[0]?.reason ?? '', reason);
  });
}

test('given a time exactly 24 hours ahead, when read, then it is taken', () => {
  const { events } = readDelivery(contextObjects(contextObject({ attributes: at(NOW + day) })));
  assert.equal(events[0]?.time, NOW + day);
});

test('given one bad identifier beside a good one, when read, then the good one counts and a note is left', () => {
  const referent =
    '<identifier>nonsense</identifier><identifier>doi:10.1234/A</identifier><identifier>10.1234/a</identifier>';
  const { events, notes } = readDelivery(contextObjects(contextObject({ referent })));
  assert.deepEqual(events[0]?.identifiers, ['doi:10.1234/a']);
  assert.deepEqual(notes[0], [1, 'a referent identifier was left out: it has no known form']);
});

test('given services of every kind, when read, then the fulltext wins and what is unknown is other', () => {
  const svc = (...words: string[]) =>
    `<service-type><metadata-by-val><metadata>${words.map((word) => `<${word}>yes</${word}>`).join('')}</metadata></metadata-by-val></service-type>`;
  const type = (value: string) =>
    `<service-type><metadata-by-val><metadata><type>${value}</type></metadata></metadata-by-val></service-type>`;
  const cases: [more: string, kind: string][] = [
    ['', 'request'],
    ['<service-type/>', 'request'],
    [
      '<service-type><metadata-by-val><format>x</format><metadata/></metadata-by-val></service-type>',
      'request',
    ],
    [svc('fulltext'), 'request'],
    [svc('abstract'), 'investigation'],
    [svc('abstract', 'fulltext'), 'request'],
    [svc('any', 'abstract'), 'investigation'],
    [svc('any'), 'other'],
    [svc('holdings'), 'other'],
    [svc('fulltext').replace('yes', 'no'), 'other'],
    [svc('abstract') + svc('fulltext'), 'request'],
    [type(' info:eu-repo/semantics/objectFile '), 'request'],
    [type('info:eu-repo/semantics/descriptiveMetadata'), 'investigation'],
    [type('info:eu-repo/semantics/other'), 'other'],
  ];
  const { events } = readDelivery(contextObjects(...cases.map(([more]) => contextObject({ more }))));
  assert.deepEqual(
    events.map((event) => event.kind),
    cases.map(([, kind]) => kind),
  );
});

test('given a user agent that is absent or empty, when read, then unknown and empty stay apart', () => {
  const requester = (inner: string) =>
    `<requester><metadata-by-val><metadata><requesterinfo>${inner}</requesterinfo></metadata></metadata-by-val></requester>`;
  const { events } = readDelivery(
    contextObjects(
      contextObject({ more: requester('') }),
      contextObject({ more: requester('<user-agent/>') }),
      contextObject({ more: requester('<user-agent></user-agent>') }),
    ),
  );
  assert.deepEqual(
    events.map((event) => event.userAgent),
    [null, '', ''],
  );
});

test('given countries in several places, when read, then the requester comes first and nothing is guessed', () => {
  const requester = (inner: string) =>
    `<requester><metadata-by-val><metadata>${inner}</metadata></metadata-by-val></requester>`;
  const administration =
    '<administration><a xmlns="urn:x"><country-code>FRA</country-code></a></administration>';
  const { events } = readDelivery(
    contextObjects(
      contextObject({ more: administration + requester('<countrycode>EL</countrycode>') }),
      contextObject({ more: administration }),
      contextObject({ more: requester('<country>Atlantis</country>') }),
      contextObject({ more: requester('<country/><spatial>de</spatial>') }),
    ),
  );
  assert.deepEqual(
    events.map((event) => event.country),
    ['GR', 'FR', null, 'DE'],
  );
});

test('given a path of the country, when read, then it goes before the usual places', () => {
  const more = '<requester><country>DE</country></requester><extra xmlns="urn:x"><land code="at"/></extra>';
  const body = contextObjects(
    contextObject({ more }),
    contextObject({ more: '<requester><country>DE</country></requester>' }),
  );
  const { events } = readDelivery(body, { countryXpath: 'extra/x:land/@code' });
  assert.deepEqual(
    events.map((event) => event.country),
    ['AT', 'DE'],
  );
  assert.throws(() => readDelivery(body, { countryXpath: 'extra[1]' }), /country_xpath/);
});

test('given a status that is no number, when read, then it is not taken for a success', () => {
  const more = '<administration><s xmlns="urn:x"><status_code>OK</status_code></s></administration>';
  assert.equal(readDelivery(contextObjects(contextObject({ more }))).events[0]?.status, 0);
});

test('given entities of another namespace, when read, then they are not looked at', () => {
  const more =
    '<requester xmlns="urn:x"><identifier xmlns="info:ofi/fmt:xml:xsd:ctx">1.2.3.4</identifier></requester>';
  assert.equal(readDelivery(contextObjects(contextObject({ more }))).events[0]?.address, null);
});

const oai = (inner: string) =>
  `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2019-01-01T00:00:00Z</responseDate>${inner}</OAI-PMH>`;

test('given an OAI-PMH error, when read, then it is named; noRecordsMatch only when it is the only one', () => {
  const one = readDelivery(oai('<error code="noRecordsMatch">none</error>')).summary;
  assert.deepEqual([one.oaiError, one.accepted], [{ code: 'noRecordsMatch', message: 'none' }, 0]);
  const two = readDelivery(
    oai('<error code="noRecordsMatch"/><error code="badArgument">from</error>'),
  ).summary;
  assert.deepEqual(two.oaiError, { code: 'badArgument', message: 'from' });
});

test('given an empty resumption token, when read, then it is empty and not absent', () => {
  assert.equal(
    readDelivery(oai('<ListRecords><resumptionToken/></ListRecords>')).summary.resumptionToken,
    '',
  );
  assert.equal(readDelivery(oai('<ListRecords/>')).summary.resumptionToken, null);
});

test('given several records, when read, then places start anew in each and run on through the body', () => {
  const record = (id: string, count: number) =>
    `<record><header><identifier>${id}</identifier></header><metadata>${contextObjects(...Array<string>(count).fill(contextObject({})))}</metadata></record>`;
  const { events, recordOf, records } = readDelivery(
    oai(`<ListRecords>${record('a', 2)}${record('b', 0)}${record('c', 1)}</ListRecords>`),
  );
  assert.deepEqual(
    events.map((event, index) => [event.position, event.recordPosition, recordOf[index]]),
    [
      [1, 1, 'a'],
      [2, 2, 'a'],
      [3, 1, 'c'],
    ],
  );
  assert.deepEqual(
    records.map(({ identifier, events: count }) => [identifier, count]),
    [
      ['a', 2],
      ['b', 0],
      ['c', 1],
    ],
  );
});

test('given a record without identifier, when read, then its events stand for themselves', () => {
  const { events, recordOf, records } = readDelivery(
    oai(
      `<ListRecords><record><header/><metadata>${contextObjects(contextObject({}))}</metadata></record></ListRecords>`,
    ),
  );
  assert.deepEqual([events[0]?.recordPosition, recordOf, records], [null, [null], []]);
});

test('given context objects in a deleted record, when read, then they are rejected', () => {
  const header = '<header status="deleted"><identifier>a</identifier></header>';
  const { rejections, records } = readDelivery(
    oai(
      `<ListRecords><record>${header}<metadata>${contextObjects(contextObject({}))}</metadata></record></ListRecords>`,
    ),
  );
  assert.deepEqual(rejections, [{ position: 1, reason: 'the OAI-PMH record is deleted' }]);
  assert.deepEqual(records, [{ identifier: 'a', datestamp: null, deleted: true, events: 0 }]);
});

for (const [what, body] of [
  ['HTML', '<html/>'],
  ['context-objects without their namespace', '<context-objects/>'],
  ['a context-object of another namespace', '<context-object xmlns="urn:x"/>'],
  ['an OAI-PMH response of another version', '<OAI-PMH xmlns="http://www.openarchives.org/OAI/1.1/"/>'],
  ['an OAI-PMH response to Identify', oai('<Identify/>')],
] as const) {
  test(`given ${what}, when read, then it is a fault of form`, () => {
    assert.throws(() => readDelivery(body), FormFault);
  });
}

test('given a delivery cut short or with a DOCTYPE, when read, then it is a fault of XML', () => {
  assert.throws(() => readDelivery(dialect('ke').slice(0, 1500)), XmlFault);
  assert.throws(() => readDelivery(`<!DOCTYPE a>${contextObjects()}`), XmlFault);
});

test('given texts and lists without end, when read, then what is kept is bounded', () => {
  const referent = Array.from({ length: 5_000 }, (_, i) => `<identifier>oai:a:${i}</identifier>`).join('');
  const more = `<requester><user-agent>${'é'.repeat(9_999)}</user-agent></requester>`;
  const { events, notes } = readDelivery(contextObjects(contextObject({ referent, more })));
  assert.equal(events[0]?.identifiers.length, 100);
  assert.equal(events[0]?.userAgent?.length, 2_048);
  assert.match(notes[0]?.[1] ?? '', /more than 100 referent identifiers/);
});

test('given any damage to a delivery, when read, then it is read or refused as a fault, never a crash', () => {
  const bodies = [dialect('ke'), dialect('oas'), dialect('eprints')];
  const pieces = fc.constantFrom(
    '',
    '<identifier>',
    '</context-objects>',
    'timestamp="',
    '&#1;',
    '<record>',
    ' xmlns="urn:x"',
  );
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.nat(), fc.nat(60), pieces, (body, place, length, piece) => {
      const from = place % body.length;
      try {
        const { summary, events, rejections } = readDelivery(
          body.slice(0, from) + piece + body.slice(from + length),
        );
        assert.deepEqual([summary.accepted, summary.rejected], [events.length, rejections.length]);
      } catch (error) {
        assert.ok(error instanceof XmlFault || error instanceof FormFault, String(error));
      }
    }),
    { numRuns: 500 },
  );
});
