import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createXmlSplitter, type XmlPart, XmlSplitFault } from './xml-splitter.ts';

const OPTIONS = {
  isUnit: (name: string, parent: string | null) =>
    (name === 'record' && parent === 'ListRecords') || (name === 'context-object' && parent !== 'metadata'),
  item: 'context-object',
  maxItems: 3,
  maxBytes: 1_000_000,
};

function split(xml: string, cuts: number[] = [], options = OPTIONS): { items: number; text: string }[] {
  const parts: XmlPart[] = [];
  const splitter = createXmlSplitter(options, (part) => parts.push(part));
  let from = 0;
  for (const cut of [...cuts.sort((a, b) => a - b), Buffer.byteLength(xml)]) {
    splitter.write(Buffer.from(xml).subarray(from, cut));
    from = Math.max(from, cut);
  }
  splitter.end();
  return parts.map(({ bytes, items }) => ({ items, text: bytes.toString() }));
}

function record(id: number, events: number): string {
  const objects = '<ctx:context-object a="x>y"/>'.repeat(events);
  return `<record><!-- </record> --><header>${id}</header><metadata>${objects}<![CDATA[</record>]]></metadata></record>`;
}

const HEAD = '<?xml version="1.0"?>\n<o:OAI-PMH xmlns:ctx="c" t=\'<\'><request/><ListRecords>';
const TAIL = '<resumptionToken>t</resumptionToken></ListRecords></o:OAI-PMH>\n';
const CLOSERS = '</ListRecords></o:OAI-PMH>';

test('given OAI records, when split, then every part is whole, in order, and no record is cut', () => {
  const xml = HEAD + record(1, 2) + record(2, 2) + record(3, 1) + record(4, 0) + record(5, 7) + TAIL;
  const parts = split(xml);
  assert.deepEqual(parts, [
    { items: 2, text: `${HEAD}${record(1, 2)}${CLOSERS}` },
    { items: 3, text: `${HEAD}${record(2, 2)}\n${record(3, 1)}${CLOSERS}` },
    { items: 7, text: `${HEAD}${record(4, 0)}\n${record(5, 7)}${CLOSERS}` },
  ]);
});

test('given bare context objects, when split, then a part has as many as allowed', () => {
  const object = (id: number) => `<context-object id="${id}"><r>é</r></context-object>`;
  const parts = split(`<context-objects>${[1, 2, 3, 4].map(object).join(' ')}</context-objects>`);
  assert.deepEqual(
    parts.map(({ items }) => items),
    [3, 1],
  );
  assert.equal(parts[1]?.text, `<context-objects>${object(4)}</context-objects>`);
});

test('given a part that has grown to its limit of bytes, when split, then it is closed', () => {
  const xml = HEAD + record(1, 1) + record(2, 1) + TAIL;
  assert.equal(split(xml, [], { ...OPTIONS, maxBytes: 10 }).length, 2);
});

test('given what cannot be split, when split, then it is a fault', () => {
  assert.throws(() => split(HEAD + record(1, 1)), new XmlSplitFault('ends inside <ListRecords>'));
  assert.throws(() => split('<a></b>'), new XmlSplitFault('</b> closes another element'));
  assert.throws(() => split('<!DOCTYPE a [<!ENTITY x "y">]><a/>'), XmlSplitFault);
});

test('property: where the chunks are cut does not matter', () => {
  const xml = HEAD + [0, 3, 1, 4, 2, 2].map((events, at) => record(at, events)).join('\n') + TAIL;
  const whole = split(xml);
  fc.assert(
    fc.property(fc.array(fc.nat(xml.length), { maxLength: 30 }), (cuts) => {
      assert.deepEqual(split(xml, cuts), whole);
    }),
  );
});
