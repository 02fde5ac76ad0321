import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createXmlReader, readXml, textOf, type XmlElement, XmlFault, type XmlLimits } from './index.ts';

/** Reads a document whose units are the elements named `unit`, in pieces of the given sizes (the last one repeats). */
function read(document: string | Uint8Array, sizes: number[] = [65_536], limits: Partial<XmlLimits> = {}) {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  const units: XmlElement[] = [];
  const outside: string[] = [];
  const reader = createXmlReader({
    isUnit: (_ns, name) => name === 'unit',
    onUnit: (unit) => units.push(unit),
    onOpen: (element, path) => outside.push(`${path.length}<${element.name}`),
    onClose: (element, path) => outside.push(`${path.length}>${element.name}:${element.text.trim()}`),
    limits,
  });
  let from = 0;
  for (let i = 0; from < bytes.length; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? 1;
    reader.write(bytes.subarray(from, from + size));
    from += size;
  }
  reader.end();
  return { units, outside };
}

function faultOf(document: string | Uint8Array, sizes?: number[], limits?: Partial<XmlLimits>): XmlFault {
  try {
    read(document, sizes, limits);
  } catch (error) {
    assert.ok(error instanceof XmlFault, String(error));
    return error;
  }
  throw new Error('the document was accepted');
}

test('given units among other elements, when read, then only units are trees and the rest is announced', () => {
  const { units, outside } = read('<a><t>2024</t><unit n="1"><x>y</x></unit><b><unit/></b></a>');
  assert.deepEqual(
    units.map((unit) => [unit.attributes.n, unit.children.map((inner) => [inner.name, inner.text])]),
    [
      ['1', [['x', 'y']]],
      [undefined, []],
    ],
  );
  assert.deepEqual(outside, ['0<a', '1<t', '1>t:2024', '1<b', '1>b:', '0>a:']);
});

test('given a root that is a unit, when read, then it is handed over', () => {
  assert.equal(read('<unit>x</unit>').units[0]?.text, 'x');
});

test('given any prefixes, when read, then names and attributes carry their namespace', () => {
  const { units } = read(
    '<p:unit xmlns:p="urn:a" xmlns:q="urn:b" q:k="1" k="2"><m xmlns="urn:c"/><m/></p:unit>',
  );
  const unit = units[0];
  assert.equal(unit?.ns, 'urn:a');
  assert.deepEqual({ ...unit?.attributes }, { '{urn:b}k': '1', k: '2' });
  assert.deepEqual(
    unit?.children.map((inner) => inner.ns),
    ['urn:c', ''],
  );
});

test('given an attribute called like a property of objects, when read, then nothing is inherited', () => {
  const attributes = read('<unit __proto__="x"/>').units[0]?.attributes;
  assert.deepEqual(Object.entries(attributes ?? {}), [['__proto__', 'x']]);
  assert.equal(attributes?.constructor, undefined);
});

test('given mixed content, when its text is asked for, then the order is kept', () => {
  const unit = read('<unit>The <i>E. <b>coli</b></i> genome<!-- no --><![CDATA[ <&]]>&amp;&#x41;</unit>')
    .units[0];
  assert.ok(unit);
  assert.equal(textOf(unit), 'The E. coli genome <&&A');
  assert.equal(unit.text, 'The  genome <&&A');
});

test('given processing instructions and a byte order mark, when read, then they do no harm', () => {
  assert.equal(read('\ufeff<?xml version="1.0"?><?xml-stylesheet href="x"?><unit/>').units.length, 1);
});

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>\r\n<a xmlns:p="urn:p"><h>é€𝄞 ]] &gt;</h>
  <p:unit k="ü&quot;&#233;">a<![CDATA[b]]]]><![CDATA[>c]]>\r\nd<x/>𝄞<!-- - --><y>z</y>€</p:unit><unit/></a>\n`;

test('given any cutting of the bytes, when read, then the units are the same', () => {
  const whole = read(DOCUMENT);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }), (sizes) => {
      assert.deepEqual(read(DOCUMENT, sizes), whole);
    }),
  );
  assert.equal(whole.units[0]?.text, 'ab]]>c\nd𝄞€');
});

test('given any cutting of a bad document, when read, then the fault is the same', () => {
  const bad = Buffer.concat([Buffer.from('<a>é\n€'), Buffer.from([0xe2, 0x82, 0x28]), Buffer.from('</a>')]);
  const whole = faultOf(bad);
  assert.deepEqual([whole.reason, whole.line, whole.column], ['a byte sequence is not UTF-8', 2, 2]);
  for (const size of [1, 2, 3, 5, 7]) assert.equal(faultOf(bad, [size]).message, whole.message);
});

test('given any beginning of a document, when it ends there, then it is refused', () => {
  const bytes = Buffer.from(DOCUMENT.trimEnd());
  for (let length = 0; length < bytes.length; length++) faultOf(bytes.subarray(0, length), [16]);
});

test('given any bytes, when read, then they are read or refused, never a crash', () => {
  const pieces = fc.oneof(
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom(
        '<unit>',
        '</unit>',
        '<a b="',
        '">',
        '<![CDATA[',
        ']]>',
        '&#',
        '&lt;',
        '<?xml ',
        '?>',
        '<!DOCTYPE ',
      )
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      try {
        read(Buffer.concat(parts), [3]);
      } catch (error) {
        assert.ok(error instanceof XmlFault, String(error));
      }
    }),
  );
});

const refusals: [what: string, document: string | Uint8Array, reason: RegExp][] = [
  ['nothing', '', /document is empty/],
  ['only white space', ' \n', /no element/],
  ['text instead of XML', 'hello', /text outside/],
  ['JSON', '{"a":1}', /text outside/],
  ['a wrong closing tag', '<a><b></a></b>', /closing tag does not belong/],
  ['a document cut short', '<a><b>', /ends too early: the element b/],
  ['a document cut inside a tag', '<a><b ', /ends too early/],
  ['two roots', '<a/><b/>', /only one root/],
  ['a DOCTYPE', '<!DOCTYPE a><a/>', /DOCTYPE/],
  ['entities of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /DOCTYPE/],
  ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /DOCTYPE/],
  ['an unknown entity', '<a>&eacute;</a>', /entity is not defined/],
  ['a bare ampersand', '<a>a & b</a>', /ampersand/],
  ['a bare ampersand before an entity', '<a>?b=1&c=2&amp;d</a>', /ampersand/],
  ['an unbound prefix', '<a><p:b/></a>', /unbound namespace prefix: "p"/],
  ['an unbound prefix of an attribute', '<a p:b="1"/>', /unbound namespace prefix/],
  ['an attribute twice', '<a b="1" b="2"/>', /duplicate attribute/],
  ['a control character', '<a>\u0001</a>', /character is not allowed/],
  ['a NUL', '<a>\u0000</a>', /character is not allowed/],
  ['a control character by reference', '<a>&#1;</a>', /character reference/],
  ['a control character by reference in XML 1.1', '<?xml version="1.1"?><a>&#1;</a>', /character reference/],
  ['a surrogate by reference', '<a>&#xD800;</a>', /character reference/],
  ['Latin-1 without saying so', Buffer.from('<a>é</a>', 'latin1'), /not UTF-8/],
  ['an overlong sequence', Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xaf]), /not UTF-8/],
  ['a character cut short', Buffer.from([0x3c, 0x61, 0x3e, 0xe2, 0x82]), /not UTF-8/],
  ['an unknown encoding', '<?xml version="1.0" encoding="KOI8-R"?><a/>', /encoding "KOI8-R"/],
  ['a wrong declaration', '<?xml version="1.0" encoding="UTF-16"?><a/>', /says UTF-16/],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), /UTF-32/],
  ['more than US-ASCII', '<?xml version="1.0" encoding="US-ASCII"?><a>é</a>', /not US-ASCII/],
  ['half a surrogate pair', Buffer.from('\ufeff<a>\ud834</a>', 'utf16le'), /not UTF-16/],
  ['nesting too deep', `${'<a>'.repeat(101)}${'</a>'.repeat(101)}`, /nested deeper than 100/],
  [
    'too many attributes',
    `<a ${Array.from({ length: 1001 }, (_, i) => `b${i}=""`).join(' ')}/>`,
    /more than 1000 attributes/,
  ],
  ['a name too long', `<${'a'.repeat(1001)}/>`, /name is longer/],
  ['an attribute name too long', `<a ${'b'.repeat(1001)}=""/>`, /name is longer/],
];

for (const [what, document, reason] of refusals) {
  test(`given ${what}, when read, then it is refused with its place`, () => {
    const fault = faultOf(document);
    assert.match(fault.reason, reason);
    assert.match(fault.message, /\(line \d+, column \d+\)$/);
  });
}

test('given texts over a limit, when read, then they are refused wherever they are', () => {
  const limits = { text: 100, unitLength: 150, unitElements: 5 };
  const long = 'x'.repeat(101);
  for (const document of [`<a>${long}</a>`, `<a b="${long}"/>`, `<unit><![CDATA[${long}]]></unit>`]) {
    assert.match(faultOf(document, [10], limits).reason, /longer than 100/);
  }
  assert.match(
    faultOf(`<a>${'y'.repeat(90)}<b/>${'y'.repeat(90)}</a>`, [10], limits).reason,
    /longer than 100/,
  );
  assert.match(faultOf(`<a><!--${'y'.repeat(300)}--></a>`, [10], limits).reason, /without an element/);
  assert.match(
    faultOf(`<unit><a>${'y'.repeat(90)}</a><a>${'y'.repeat(90)}</a></unit>`, [10], limits).reason,
    /longer/,
  );
  assert.match(faultOf(`<unit>${'<a/>'.repeat(9)}</unit>`, [10], limits).reason, /more than 5/);
});

test('given an encoding by mark or declaration, when read, then the text is the same', () => {
  const body = '<unit>é€</unit>';
  const declare = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${body}`;
  const swap = (bytes: Buffer) => Buffer.from(bytes).swap16();
  const documents = [
    Buffer.from(body),
    Buffer.from(`\ufeff${declare('utf-8')}`),
    Buffer.from(`\ufeff${body}`, 'utf16le'),
    swap(Buffer.from(`\ufeff${declare('UTF-16')}`, 'utf16le')),
    Buffer.from(declare('UTF-16LE'), 'utf16le'),
    swap(Buffer.from(declare('UTF-16BE'), 'utf16le')),
    Buffer.from(declare('windows-1252').replace('€', '\x80'), 'latin1'),
    Buffer.from(declare('ISO-8859-1').replace('€', '\x80'), 'latin1'),
    Buffer.from(declare('us-ascii').replace('é€', '&#233;&#8364;'), 'latin1'),
  ];
  for (const document of documents) {
    for (const size of [1, 3, 1000]) assert.equal(read(document, [size]).units[0]?.text, 'é€');
  }
});

test('given a fault, when more is written, then the same fault comes again', () => {
  const reader = createXmlReader({ isUnit: () => false, onUnit: () => {} });
  assert.throws(() => reader.write(Buffer.from('<a></b>')), XmlFault);
  assert.throws(() => reader.write(Buffer.from('<a/>')), /does not belong/);
  assert.throws(() => reader.end(), /does not belong/);
});

test('given a large body, when read, then others have their turn in between', async () => {
  let turns = 0;
  const ticking = setInterval(() => turns++, 0);
  let units = 0;
  const reader = createXmlReader({ isUnit: (_ns, name) => name === 'unit', onUnit: () => units++ });
  async function* body() {
    yield Buffer.from('<a>');
    yield Buffer.from('<unit/>'.repeat(200_000));
    yield Buffer.from('</a>');
  }
  await readXml(body(), reader);
  clearInterval(ticking);
  assert.equal(units, 200_000);
  assert.ok(turns > 3, `${turns} turns`);
});
