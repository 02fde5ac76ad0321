import assert from 'node:assert/strict';
import { StringDecoder } from 'node:string_decoder';
import { test } from 'node:test';
import fc from 'fast-check';
import { type XmlElement, XmlFault, type XmlLimits } from './index.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { START } from './place.ts';
import { createPlainScanner } from './plain-scanner.ts';
import { createXmlReader } from './reader.ts';
import { createStrictParser, type StrictParser } from './strict-parser.ts';
import { createTreeBuilder } from './tree-builder.ts';

/** All that was announced and, at the end, the fault with its place. */
type Reading = { found: unknown[]; fault: string | null };

function listenersOf(found: unknown[]) {
  return {
    isUnit: (_ns: string, name: string) => name === 'unit',
    onUnit: (unit: XmlElement) => found.push(structuredClone(unit)),
    onOpen: ({ ns, name, attributes, at }: XmlElement, path: readonly XmlElement[]) =>
      found.push(['open', path.length, ns, name, { ...attributes }, at]),
    onClose: ({ name, text }: XmlElement, path: readonly XmlElement[]) =>
      found.push(['close', path.length, name, text]),
  };
}

function reading(step: (found: unknown[]) => void): Reading {
  const found: unknown[] = [];
  try {
    step(found);
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { found, fault: error.message };
  }
  return { found, fault: null };
}

/** As the reader reads it, in pieces of some size. */
const asRead = (document: string, size: number, limits: Partial<XmlLimits> = {}): Reading =>
  reading((found) => {
    const reader = createXmlReader({ ...listenersOf(found), limits });
    const bytes = Buffer.from(document);
    for (let from = 0; from < bytes.length; from += size) reader.write(bytes.subarray(from, from + size));
    reader.end();
  });

/** As the strict parser alone reads it, in the same pieces. */
const asJudged = (document: string, size: number, limits: Partial<XmlLimits> = {}): Reading =>
  reading((found) => {
    let parser: StrictParser | undefined;
    const fault = (reason: string): never => {
      const { line, column } = parser?.place() ?? START;
      throw new XmlFault(reason, line, column + 1);
    };
    const builder = createTreeBuilder(listenersOf(found), { ...DEFAULT_LIMITS, ...limits }, fault);
    parser = createStrictParser({
      builder,
      fault,
      onProgress: () => {},
      skipDoctype: false,
      before: { tags: '', place: START },
    });
    if (document === '') fault('the document is empty');
    const bytes = Buffer.from(document);
    const decoder = new StringDecoder();
    for (let from = 0; from < bytes.length; from += size)
      parser.write(decoder.write(bytes.subarray(from, from + size)));
    parser.close();
  });

/** Parts of documents, good and bad, plain and rare. */
const PARTS = [
  ...[
    '<a>',
    '<b>',
    '<unit>',
    '<p:c>',
    '<a\n b="1">',
    '<unit k="&lt;é">',
    '<b x=\'\t"\' y="\'">',
    '<é>',
    '<a/>',
  ],
  ...[
    '<b />',
    '<p:c q="2"/>',
    '<a xmlns="urn:1">',
    '<a xmlns="">',
    '<b xmlns:p="urn:2" p:k="v">',
    '<b p:k="" k=""/>',
  ],
  ...[
    '<a xmlns:p="">',
    '<a xmlns:xml="x">',
    '<a xmlns=" u ">',
    '<a xml:lang="nl">',
    '<q:a/>',
    '<a b="1" b="2">',
  ],
  ...[
    '<b xmlns:p="u" xmlns:q="u" p:k="1" q:k="2"/>',
    '<a b=1>',
    '<a b>',
    '<a b="<">',
    '<a b=">">',
    '< a>',
    '<1>',
  ],
  ...[
    '</a>',
    '</b>',
    '</unit>',
    '</p:c>',
    '</a >',
    '</é>',
    '</b',
    '</',
    '<',
    '<a',
    '<a b="',
    '<!',
    '<!-',
    '<![CDATA',
  ],
  ...[
    'text',
    '  ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    'é€𝄞',
    '&amp;',
    '&lt;&#x41;&#233;',
    '&#0;',
    '&#xD800;',
    '&nbsp;',
    '& ',
    '&#X41;',
  ],
  ...[
    ']]>',
    ']]',
    '>',
    '"',
    '\u0001',
    '\ufffe',
    '\ufeff',
    '<!-- c -->',
    '<!---->',
    '<!-- a -- b -->',
    '<!--->',
    '<!--',
  ],
  ...[
    '<![CDATA[ <&]] ]]>',
    '<![CDATA[',
    '<?pi x?>',
    '<?xml version="1.0"?>',
    '<?xml version="1.1"?>',
    '<?x',
    '<!DOCTYPE a>',
  ],
];

const anyDocument = fc.oneof(
  fc.array(fc.constantFrom(...PARTS), { maxLength: 14 }).map((parts) => parts.join('')),
  // A root with the prefix that the parts use, so that more of it is read before something is at fault.
  fc
    .array(fc.constantFrom(...PARTS), { maxLength: 10 })
    .map((parts) => `<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns:p="urn:p">${parts.join('')}</a>\n`),
);

/** Well-formed: trees of plain and rare parts. */
const { tree } = fc.letrec<{ tree: string; content: string }>((tie) => ({
  content: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('text', ' \n', '\r\n', '&amp;&#10;', 'é𝄞', '<!-- c -->', '<![CDATA[<]]>', '<?pi?>', ''),
    tie('tree'),
  ),
  tree: fc
    .tuple(
      fc.constantFrom('a', 'b', 'unit', 'p:c', 'long-name.1', 'é'),
      fc.constantFrom(
        '',
        ' k="1"',
        " k='&quot;\n'",
        ' xmlns="urn:1"',
        ' xmlns:p="urn:2" p:k="v"',
        ' xml:lang="nl"',
        '\n',
      ),
      fc.array(tie('content'), { maxLength: 4 }),
    )
    .map(([name, attributes, inner]) =>
      inner.length === 0 ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner.join('')}</${name}>`,
    ),
}));
const goodDocument = tree.map((inner) => `<root xmlns:p="urn:p">${inner}${inner}</root>`);

test('given any document, when read, then all is as the strict parser alone has it, faults and their places too', () => {
  const sizes = fc.constantFrom(1, 2, 3, 7, 40, 65_536);
  fc.assert(
    fc.property(anyDocument, sizes, (document, size) => {
      const read = asRead(document, size);
      const judged = asJudged(document, size);
      // Of text outside the strict parser shows the end, as far as it has come: with cut text that is somewhere else, and
      // something worse may come before it.
      if (/text outside/.test(`${judged.fault} ${read.fault}`)) {
        assert.notEqual(read.fault, null);
        assert.notEqual(judged.fault, null);
        assert.deepEqual(read.found, judged.found);
      } else assert.deepEqual(read, judged);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(goodDocument, sizes, (document, size) => {
      const judged = asJudged(document, size);
      assert.equal(judged.fault, null);
      assert.deepEqual(asRead(document, size), judged);
    }),
    { numRuns: 1_000 },
  );
});

test('given any limits, when a document is over them, then it is refused like by the strict parser alone', () => {
  const small = fc.integer({ min: 1, max: 12 });
  const limits = fc.record({
    depth: small,
    attributes: small,
    name: small,
    text: fc.integer({ min: 12, max: 40 }),
    unitElements: small,
    unitLength: fc.integer({ min: 5, max: 60 }),
  });
  fc.assert(
    fc.property(goodDocument, limits, (document, some) => {
      // In one piece: what lies between two elements is limited by what one piece holds.
      const read = asRead(document, 65_536, some);
      const judged = asJudged(document, 65_536, some);
      if (read.fault !== null && /without an element/.test(read.fault)) return;
      assert.deepEqual(read, judged);
    }),
    { numRuns: 2_000 },
  );
});

test('given what most documents consist of, when scanned, then the strict parser is not needed', () => {
  const document =
    '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<?xml-stylesheet href="a.xsl"?><!-- made -->\n' +
    '<p:a xmlns:p="urn:p" xmlns="urn:d" xml:lang="nl">\n<b k="1" p:k=\'2\'>a &amp; é&#xe9;</b><![CDATA[<]]><c/><!-- x --></p:a>\r\n';
  const found: unknown[] = [];
  const builder = createTreeBuilder(listenersOf(found), DEFAULT_LIMITS, (reason) => {
    throw new Error(reason);
  });
  const scanner = createPlainScanner(builder, DEFAULT_LIMITS.text);
  for (const character of document) assert.equal(scanner.write(character), null, character);
  assert.equal(scanner.end(), null);
  assert.deepEqual(
    found.filter((one) => Array.isArray(one) && one[0] === 'close'),
    [
      ['close', 1, 'b', 'a & éé'],
      ['close', 1, 'c', ''],
      ['close', 0, 'a', '\n<'],
    ],
  );
});

test('given something rare, when met, then the strict parser goes on from there and knows what came before', () => {
  const builder = createTreeBuilder(listenersOf([]), DEFAULT_LIMITS, (reason) => {
    throw new Error(reason);
  });
  const rest = createPlainScanner(builder, DEFAULT_LIMITS.text).write('<a>\n<b k="1">é<c/><?pi?></b></a>');
  assert.deepEqual(rest, { tags: '<a><b k="1">', place: { line: 2, column: 14 }, text: '<?pi?></b></a>' });
});

test('given much white space before the outermost element, then it is passed over once', () => {
  const blank = ' \n\t'.repeat(1_200);
  for (const document of [`${blank}<a/>`, `<?xml version="1.0"?>${blank}<?pi?><a/>`, `${blank}x`, blank])
    assert.deepEqual(asRead(document, 65_536), asJudged(document, 65_536));
});
