/** A part of a large XML file that is a well-formed document of its own. */
export interface XmlPart {
  bytes: Buffer;
  /** Items (records or events) in it. */
  items: number;
}

export class XmlSplitFault extends Error {}

export interface XmlSplitterOptions {
  /** Whether this element, by its local name and that of its parent (null for the root), is never cut. */
  isUnit(name: string, parent: string | null): boolean;
  /** Local name of what is counted: inside the units, or the units themselves. */
  item: string;
  maxItems: number;
  /** A part is also closed when it has grown to this. */
  maxBytes: number;
}

/** No record of a real provider comes near; a file without any unit would otherwise be kept whole. */
const LARGEST_UNIT = 64 * 1024 * 1024;

interface Unit {
  start: number;
  depth: number;
  items: number;
}

/**
 * Cuts a stream of XML between its units, without reading what is in them: each part is what stood before the first
 * unit, some whole units, and the end tags of what is open. Bytes pass through unchanged, so any encoding that keeps
 * ASCII is fine. The server checks all the rest; here only what would break the cutting is a fault.
 */
export function createXmlSplitter(options: XmlSplitterOptions, onPart: (part: XmlPart) => void) {
  const open: string[] = [];
  let text = '';
  let at = 0;
  let prefix: string | null = null;
  let unit: Unit | null = null;
  let closers = '';
  let units: string[] = [];
  let items = 0;
  let size = 0;

  function flush(): void {
    if (units.length === 0 || prefix === null) return;
    onPart({ bytes: Buffer.from(prefix + units.join('\n') + closers, 'latin1'), items });
    units = [];
    items = 0;
    size = 0;
  }

  function begin(tag: string, start: number): void {
    const name = nameOf(tag, 1);
    const parent = open.at(-1);
    const empty = tag.endsWith('/>');
    if (unit === null && options.isUnit(localName(name), parent === undefined ? null : localName(parent))) {
      prefix ??= text.slice(0, start);
      closers = open
        .map((element) => `</${element}>`)
        .reverse()
        .join('');
      unit = { start, depth: open.length, items: 0 };
    }
    if (unit !== null && localName(name) === options.item) unit.items++;
    if (!empty) open.push(name);
    else if (unit !== null && unit.depth === open.length) finishUnit(unit, start + tag.length);
  }

  function finish(tag: string, end: number): void {
    const name = nameOf(tag, 2);
    if (open.pop() !== name) throw new XmlSplitFault(`</${name}> closes another element`);
    if (unit !== null && unit.depth === open.length) finishUnit(unit, end);
  }

  function finishUnit(done: Unit, end: number): void {
    if (items > 0 && items + done.items > options.maxItems) flush();
    units.push(text.slice(done.start, end));
    items += done.items;
    size += end - done.start;
    unit = null;
    if (items >= options.maxItems || size >= options.maxBytes) flush();
  }

  /** Reads whole tags, comments, CDATA sections and instructions; false when the next one is not complete yet. */
  function step(): boolean {
    const start = text.indexOf('<', at);
    if (start < 0) {
      at = text.length;
      return false;
    }
    at = start;
    if (text.length - start < 9 && text.charCodeAt(start + 1) === BANG) return false;
    const end = endOfMarkup(text, start);
    if (end < 0) return false;
    const second = text.charCodeAt(start + 1);
    if (second === CLOSE) finish(text.slice(start, end), end);
    else if (second !== BANG && second !== INSTRUCTION) begin(text.slice(start, end), start);
    at = end;
    return true;
  }

  /** Forgets what is behind; what stands before the first unit is kept, it becomes the prefix. */
  function trim(): void {
    const from = unit?.start ?? (prefix === null ? 0 : at);
    text = text.slice(from);
    at -= from;
    if (unit !== null) unit.start = 0;
    if (text.length > LARGEST_UNIT) throw new XmlSplitFault('a single record is larger than 64 MiB');
  }

  return {
    write(chunk: Buffer): void {
      text += chunk.toString('latin1');
      while (step());
      trim();
    },
    end(): void {
      if (open.length > 0) throw new XmlSplitFault(`ends inside <${open.at(-1)}>`);
      flush();
    },
    /** What was complete before a fault. */
    flush,
  };
}

const BANG = 33;
const CLOSE = 47;
const INSTRUCTION = 63;

/** The place after the markup that starts at `start`; -1 when its end is not there yet. */
function endOfMarkup(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return after(text, ']]>', start + 9);
  if (text.startsWith('<?', start)) return after(text, '?>', start + 2);
  if (text.startsWith('<!', start)) throw new XmlSplitFault('has a document type declaration');
  return endOfTag(text, start + 1);
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** Attribute values may hold `>`. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '>') return at + 1;
    if (char !== '"' && char !== "'") continue;
    at = text.indexOf(char, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/** Up to a blank, `/` or `>`. */
function nameOf(tag: string, from: number): string {
  let end = from;
  while (end < tag.length && !' \t\r\n/>'.includes(tag[end] ?? '>')) end++;
  return tag.slice(from, end);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
