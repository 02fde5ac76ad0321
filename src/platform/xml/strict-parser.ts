import { SaxesParser, type SaxesTagNS } from 'saxes';
import { NO_ATTRIBUTES, type XmlElement } from './element.ts';
import type { Place } from './place.ts';
import type { TreeBuilder } from './tree-builder.ts';

const XMLNS = 'http://www.w3.org/2000/xmlns/';

const OPTIONS = {
  xmlns: true,
  // XML 1.1 would let control characters in by reference; its documents are read by the rules of 1.0 (fifth edition, 2.8).
  forceXMLVersion: true,
  defaultXMLVersion: '1.0',
} as const;

/** The parser, with every complaint of its own made final. */
class Saxes extends SaxesParser<typeof OPTIONS> {
  readonly #refuse: (message: string) => never;

  constructor(refuse: (message: string) => never) {
    super(OPTIONS);
    this.#refuse = refuse;
  }

  override fail(message: string): this {
    return this.#refuse(message);
  }
}

export interface StrictParser {
  write(text: string): void;
  close(): void;
  /** Where it is in the document. */
  place(): Place;
}

export interface StrictParserOptions {
  builder: TreeBuilder;
  fault(reason: string): never;
  /** Something was found: nothing before it is held back any more. */
  onProgress(): void;
  skipDoctype: boolean;
  /** What has been read by somebody else: tags that give it the state it would have, and where the rest begins. */
  before: { tags: string; place: Place };
}

/** Reads all of XML 1.0 with namespaces, in pieces cut anywhere. */
export function createStrictParser(options: StrictParserOptions): StrictParser {
  const { builder, fault, onProgress, before } = options;
  const parser = new Saxes((message) => fault(inWords(message, builder.path)));
  parser.write(before.tags);
  const { line, column } = parser;
  let attributes = 0;

  // No handler more than these six: with a seventh, V8 turns the parser into a dictionary and reading takes four times as
  // long (Node 24: 18 instead of 80 MB/s). So faults come by overriding, and comments pass unseen.
  parser.on('doctype', () => {
    if (!options.skipDoctype) fault('a document type declaration (DOCTYPE) is not accepted');
  });
  parser.on('attribute', (attribute) => {
    onProgress();
    attributes++;
    builder.attribute(attribute.name.length, attribute.value.length);
  });
  parser.on('opentag', (tag) => {
    onProgress();
    builder.open(tag.uri, tag.local, tag.name.length, attributesOf(tag, attributes));
    attributes = 0;
  });
  parser.on('closetag', () => {
    onProgress();
    builder.close();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);

  function addText(text: string): void {
    onProgress();
    builder.text(text);
  }

  return {
    write(text) {
      parser.write(text);
    },
    close() {
      parser.close();
    },
    place: () => ({
      line: before.place.line + parser.line - line,
      column: parser.line === line ? before.place.column + parser.column - column : parser.column,
    }),
  };
}

function attributesOf(tag: SaxesTagNS, count: number): XmlElement['attributes'] {
  if (count === 0) return NO_ATTRIBUTES;
  let found: Record<string, string> | undefined;
  for (const name in tag.attributes) {
    const attribute = tag.attributes[name];
    if (attribute === undefined || attribute.uri === XMLNS) continue;
    found ??= Object.create(null) as Record<string, string>;
    found[attribute.uri === '' ? attribute.local : `{${attribute.uri}}${attribute.local}`] = attribute.value;
  }
  return found ?? NO_ATTRIBUTES;
}

/** The parser's own words where they are clear; others where they are not. */
function inWords(message: string, path: readonly XmlElement[]): string {
  const words = message.replace(/\.$/, '');
  const open = path[path.length - 1]?.name;
  if (words.startsWith('unclosed tag') || words === 'unexpected end') {
    return open === undefined
      ? 'the document ends too early'
      : `the document ends too early: the element ${open} is not closed, or an ampersand is not written as &amp;`;
  }
  if (words === 'document must contain a root element') return 'the document has no element';
  if (words === 'unexpected close tag') return 'a closing tag does not belong to the element that is open';
  if (words.startsWith('text data outside')) return 'there is text outside the outermost element';
  if (words.endsWith('entity name')) return 'an ampersand is not written as &amp;';
  if (words === 'undefined entity') return 'an entity is not defined (only amp, lt, gt, quot and apos are)';
  if (words === 'malformed character entity')
    return 'a character reference names a character that XML does not allow';
  if (words === 'disallowed character') return 'a character is not allowed here';
  return words;
}
