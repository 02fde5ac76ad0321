import { SaxesParser, type SaxesTagNS } from 'saxes';
import { chooseDecoder, type Decoder } from './decoder.ts';
import type { XmlElement } from './element.ts';
import { XmlFault } from './fault.ts';
import { DEFAULT_LIMITS, type XmlLimits } from './limits.ts';

export interface XmlReaderOptions {
  /**
   * Whether this element begins a unit: it is then built as a small tree and handed over when it is complete.
   * `path` holds the elements around it, the root first (empty for the root). Not asked inside a unit.
   */
  isUnit(ns: string, name: string, path: readonly XmlElement[]): boolean;
  onUnit(unit: XmlElement, path: readonly XmlElement[]): void;
  /** An element outside units has begun; `children` and `text` are still empty. */
  onOpen?(element: XmlElement, path: readonly XmlElement[]): void;
  /** An element outside units has ended; `text` is complete, `children` stay empty. */
  onClose?(element: XmlElement, path: readonly XmlElement[]): void;
  limits?: Partial<XmlLimits>;
  /** Passes over a document type declaration; nothing it names is fetched and no entity it defines is known. */
  skipDoctype?: boolean;
}

export interface XmlReader {
  /** Takes the next bytes, cut anywhere. Throws `XmlFault`; what `onUnit` throws passes through. */
  write(chunk: Uint8Array): void;
  /** Says that nothing more comes. Throws `XmlFault` when the document is not complete. */
  end(): void;
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

const PARSER_OPTIONS = {
  xmlns: true,
  // XML 1.1 would let control characters in by reference; its documents are read by the rules of 1.0 (fifth edition, 2.8).
  forceXMLVersion: true,
  defaultXMLVersion: '1.0',
} as const;

/** The parser, with every complaint of its own made final. */
class StrictParser extends SaxesParser<typeof PARSER_OPTIONS> {
  readonly #refuse: (message: string) => never;

  constructor(refuse: (message: string) => never) {
    super(PARSER_OPTIONS);
    this.#refuse = refuse;
  }

  override fail(message: string): this {
    return this.#refuse(message);
  }
}

/**
 * Reads a document as it comes. Only units become trees; the rest is announced and forgotten, so that memory is bounded by
 * `limits`, whatever the size of the document. Only the five entities of XML are known; a DOCTYPE is refused unless
 * it is to be skipped.
 * Units and faults do not depend on how the bytes were cut.
 */
export function createXmlReader(options: XmlReaderOptions): XmlReader {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const parser = new StrictParser((message) => fault(inWords(message, path)));
  const path: XmlElement[] = [];
  /** Number of elements around the unit being built, -1 outside units. */
  let unitDepth = -1;
  let unitElements = 0;
  let unitLength = 0;
  let attributes = 0;
  /** Characters read since the parser last reported something: the length of what it is holding back. */
  let pending = 0;
  let started: Uint8Array = new Uint8Array(0);
  let decoder: Decoder | undefined;
  let broken: unknown;

  function fault(reason: string): never {
    throw new XmlFault(reason, parser.line, parser.column + 1);
  }

  function grow(length: number): void {
    if (length > limits.text) fault(`a text is longer than ${limits.text} characters`);
    if (unitDepth === -1) return;
    unitLength += length;
    if (unitLength > limits.unitLength) fault(`an element is longer than ${limits.unitLength} characters`);
  }

  function addText(text: string): void {
    pending = 0;
    const element = path[path.length - 1];
    if (element === undefined) return;
    grow(text.length);
    element.text = element.text === '' ? text : element.text + text;
    if (element.text.length > limits.text) fault(`a text is longer than ${limits.text} characters`);
  }

  function open(tag: SaxesTagNS): void {
    pending = 0;
    if (tag.name.length > limits.name) fault(`a name is longer than ${limits.name} characters`);
    if (path.length >= limits.depth) fault(`elements are nested deeper than ${limits.depth}`);
    const parent = path[path.length - 1];
    const element: XmlElement = {
      ns: tag.uri,
      name: tag.local,
      attributes: attributesOf(tag, attributes),
      children: [],
      text: '',
      at: parent === undefined ? 0 : parent.text.length,
    };
    attributes = 0;
    if (unitDepth === -1) {
      if (options.isUnit(element.ns, element.name, path)) {
        unitDepth = path.length;
        unitElements = 0;
        unitLength = 0;
      } else {
        options.onOpen?.(element, path);
      }
    } else {
      unitElements++;
      if (unitElements >= limits.unitElements)
        fault(`an element holds more than ${limits.unitElements} others`);
      parent?.children.push(element);
    }
    grow(element.name.length);
    path.push(element);
  }

  function close(): void {
    pending = 0;
    const element = path.pop();
    if (element === undefined) return;
    if (unitDepth === -1) {
      options.onClose?.(element, path);
    } else if (path.length === unitDepth) {
      unitDepth = -1;
      options.onUnit(element, path);
    }
  }

  // No handler more than these six: with a seventh, V8 turns the parser into a dictionary and reading takes four times as
  // long (Node 24: 18 instead of 80 MB/s). So faults come by overriding, and comments pass unseen.
  parser.on('doctype', () => {
    if (options.skipDoctype !== true) fault('a document type declaration (DOCTYPE) is not accepted');
  });
  parser.on('attribute', (attribute) => {
    pending = 0;
    attributes++;
    if (attributes > limits.attributes) fault(`an element has more than ${limits.attributes} attributes`);
    if (attribute.name.length > limits.name) fault(`a name is longer than ${limits.name} characters`);
    grow(attribute.name.length + attribute.value.length);
  });
  parser.on('opentag', open);
  parser.on('closetag', close);
  parser.on('text', addText);
  parser.on('cdata', addText);

  function decode(bytes: Uint8Array, last: boolean): void {
    let input = bytes;
    if (decoder === undefined) {
      input = started.length === 0 ? bytes : Buffer.concat([started, bytes]);
      if (last && input.length === 0) fault('the document is empty');
      const chosen = chooseDecoder(input, last);
      if (chosen === undefined) {
        started = Uint8Array.prototype.slice.call(input);
        return;
      }
      started = new Uint8Array(0);
      if ('fault' in chosen) fault(chosen.fault);
      decoder = chosen;
    }
    const decoded = decoder.decode(input, last);
    pending += decoded.text.length;
    parser.write(decoded.text);
    if (decoded.fault !== undefined) fault(decoded.fault);
    if (pending > 2 * limits.text) fault(`more than ${2 * limits.text} characters without an element`);
  }

  function guarded(step: () => void): void {
    if (broken !== undefined) throw broken;
    try {
      step();
    } catch (error) {
      broken = error;
      throw error;
    }
  }

  return {
    write(chunk) {
      guarded(() => decode(chunk, false));
    },
    end() {
      guarded(() => {
        decode(new Uint8Array(0), true);
        parser.close();
      });
    },
  };
}

function attributesOf(tag: SaxesTagNS, count: number): Readonly<Record<string, string>> {
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
