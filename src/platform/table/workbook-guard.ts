import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { TableError } from './fault.ts';
import type { TableLimits } from './limits.ts';
import { sheetParts, watchFormulas } from './uncalculated.ts';

type Entry = { name: string; method: number; packed: number; unpacked: number; offset: number };

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;
const tooLarge = () => new TableError('too_large', 'workbook too large');
const malformed = (detail: string) => new TableError('malformed', detail);

/**
 * Refuses a workbook that would be a bomb before any reader unpacks it (compliance.md §3.6). The directory at the end tells
 * sizes, but may lie: so every entry is inflated once in passing, to no more than it claims, and the sheets' cell addresses are
 * looked at, because one cell at XFD1048576 makes a reader fill 17 thousand million cells. Throws `TableError`.
 * Answers for each sheet the addresses of formulas that were never calculated, seen on the way.
 */
export async function refuseBombs(bytes: Buffer, limits: TableLimits): Promise<ReadonlySet<string>[]> {
  const entries = readDirectory(bytes, limits);
  if (!entries.some(({ name }) => name === 'xl/workbook.xml'))
    throw malformed('this archive is not an XLSX workbook');
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > limits.unpackedBytes) throw tooLarge();
  for (const { packed, unpacked } of entries) {
    if (unpacked > 1024 * 1024 && unpacked > packed * limits.ratio) throw tooLarge();
  }
  const formulas = new Map<string, ReadonlySet<string>>();
  const texts = new Map<string, string>();
  for (const entry of entries) {
    const seen = await inspect(bytes, entry, limits);
    formulas.set(entry.name, seen.formulas);
    if (seen.text !== '') texts.set(entry.name, seen.text);
  }
  const parts = sheetParts(texts.get('xl/workbook.xml') ?? '', texts.get('xl/_rels/workbook.xml.rels') ?? '');
  return parts.map((part) => formulas.get(part ?? '') ?? new Set<string>());
}

/** Parts that say which sheet lies where; they are small. */
const keptParts = new Set(['xl/workbook.xml', 'xl/_rels/workbook.xml.rels']);
const keptCharacters = 1024 * 1024;

function readDirectory(bytes: Buffer, limits: TableLimits): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endOfDirectory) {
    throw malformed('the workbook is cut off');
  }
  const count = bytes.readUInt16LE(end + 10);
  if (count > limits.entries) throw tooLarge();
  const start = bytes.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== directoryEntry)
      throw malformed('the workbook has no readable directory');
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  refuseHiddenEntries(bytes, entries, start);
  return entries;
}

/** A reader that streams goes by the local headers: there must be none that the directory does not name, and no two over one another. */
function refuseHiddenEntries(bytes: Buffer, entries: Entry[], directoryStart: number): void {
  let expected = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    // Up to 24 bytes of data descriptor may lie between two entries.
    if (entry.offset < expected || entry.offset > expected + 24)
      throw malformed('the workbook hides something');
    expected = dataStart(bytes, entry) + entry.packed;
  }
  if (directoryStart < expected || directoryStart > expected + 24)
    throw malformed('the workbook hides something');
}

function dataStart(bytes: Buffer, { offset }: Entry): number {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localEntry)
    throw malformed('the workbook is damaged');
  return offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
}

async function inspect(
  bytes: Buffer,
  entry: Entry,
  limits: TableLimits,
): Promise<{ formulas: ReadonlySet<string>; text: string }> {
  const start = dataStart(bytes, entry);
  const packed = bytes.subarray(start, start + entry.packed);
  const isMarkup = /\.(xml|rels)$/i.test(entry.name);
  const census = createCensus(limits);
  const watch = watchFormulas();
  let text = '';
  let seen = 0;
  for await (const chunk of unpack(packed, entry.method)) {
    seen += chunk.length;
    if (seen > entry.unpacked) throw tooLarge();
    if (!isMarkup) continue;
    const part = chunk.toString('latin1');
    census(part);
    watch.see(part);
    if (keptParts.has(entry.name) && text.length < keptCharacters) text += part;
  }
  return { formulas: watch.found, text };
}

async function* unpack(packed: Buffer, method: number): AsyncGenerator<Buffer> {
  if (method === 0) yield packed;
  else if (method === 8) {
    try {
      yield* Readable.from([packed]).pipe(createInflateRaw()) as AsyncIterable<Buffer>;
    } catch (error) {
      if (error instanceof TableError) throw error;
      throw malformed('the workbook is damaged');
    }
  } else throw malformed('the workbook is packed in an unknown way');
}

/**
 * Looks through XML in passing (any part may be named a sheet by the workbook); 64 characters are carried over so that nothing
 * hides on the seam of two chunks.
 */
function createCensus(limits: TableLimits): (text: string) => void {
  let carried = '';
  let cells = 0;
  let rows = 0;
  return (chunk) => {
    const text = carried + chunk;
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw malformed('the workbook declares entities');
    // What goes on behind the seam is not judged before it is whole; the look-ahead keeps the match from giving characters back.
    for (const [, address = ''] of text.matchAll(/\sr\s*=\s*["'](?=([^"'<]{0,40}))\1(?!$)/g)) {
      const [, column = '', row = ''] = address.match(/^\s*([A-Za-z]{0,3})(\d{1,7})\s*$/) ?? [];
      // Not an address in plain letters: written so that only a reader which resolves references understands it.
      if (row === '') throw malformed('the workbook has unreadable cell addresses');
      if (Number(row) > limits.rows + 1 || columnNumber(column) > limits.columns) throw tooLarge();
    }
    cells += occurrences(text, /<(?:\w+:)?c[\s>/]/g) - occurrences(carried, /<(?:\w+:)?c[\s>/]/g);
    rows += occurrences(text, /<(?:\w+:)?row[\s>/]/g) - occurrences(carried, /<(?:\w+:)?row[\s>/]/g);
    if (cells > limits.cells || rows > limits.rows + 1) throw tooLarge();
    // An address cut by the seam is read with the next chunk; one that ends here is whole in both.
    carried = text.slice(Math.max(text.lastIndexOf('<'), text.length - 4096));
  };
}

function occurrences(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
