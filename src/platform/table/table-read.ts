import { type CsvRow, readCsv } from './csv-read.ts';
import { detectDelimiter } from './delimiter.ts';
import { createEncodingProbe, decodeText, type Encoding } from './encoding.ts';
import { TableError, type TableFault } from './fault.ts';
import { defaultLimits, type TableLimits } from './limits.ts';
import { readWorkbook } from './xlsx-read.ts';

/** Opens the bytes from their beginning. It is called twice: the encoding is known only after the last byte. */
export type Reopen = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** `position` counts the rows after the header from 1, blank ones too; `cells` may be fewer or more than the header has. */
export type Row = {
  position: number;
  cells: string[];
  /** Of a workbook: places (from 0) of formulas that were never calculated; those cells are blank. */
  formulas?: number[];
};

export type Table = {
  ok: true;
  kind: 'csv' | 'xlsx';
  /** The first row that is not blank, as it stands. */
  header: string[];
  /** Throws `TableError` when a fault is met on the way. To be read once. */
  rows: AsyncIterable<Row>;
  /** Of a CSV. */
  encoding?: Encoding;
  delimiter?: string;
  /** Of a workbook. */
  sheet?: string;
};

export type ReadTableOptions = {
  limits?: Partial<TableLimits>;
  /** Which headers the caller knows: decides between delimiters, and between the sheets of a workbook. */
  recognise?: (header: string) => boolean;
};

/**
 * Reads CSV (`,` `;` tab `|`; UTF-8, UTF-16, windows-1252) or XLSX, told apart by content and not by name (compliance.md §3).
 * CSV is read in constant memory; a workbook is held in memory once its sizes have been checked.
 */
export async function readTable(open: Reopen, options: ReadTableOptions = {}): Promise<Table | TableFault> {
  const limits = { ...defaultLimits, ...options.limits };
  const recognise = options.recognise ?? (() => false);
  try {
    const seen = await look(open, limits);
    if (seen.kind === 'xlsx') return await fromWorkbook(await readAll(open), limits, recognise);
    const delimiter = detectDelimiter(seen.beginning, recognise);
    const rows = readCsv(decodeText(open(), seen.encoding), delimiter, limits);
    const header = await firstFilled(rows);
    if (header === null) return { ok: false, fault: 'empty', detail: 'the table has no rows' };
    return { ok: true, kind: 'csv', encoding: seen.encoding, delimiter, header, rows: numbered(rows) };
  } catch (error) {
    if (error instanceof TableError) return error.fault;
    throw error;
  }
}

type Seen = { kind: 'xlsx' } | { kind: 'csv'; encoding: Encoding; beginning: string };

/** The first pass: what the bytes are, and that they are not too many. */
async function look(open: Reopen, limits: TableLimits): Promise<Seen> {
  const probe = createEncodingProbe();
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of open()) {
    if (bytes < 64 * 1024) head.push(chunk);
    bytes += chunk.length;
    if (bytes > limits.bytes) throw new TableError('too_large', `more than ${limits.bytes} bytes`);
    probe.see(chunk);
  }
  if (bytes === 0) throw new TableError('empty', 'the file is empty');
  const start = Buffer.concat(head);
  if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return { kind: 'xlsx' };
  if (start.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new TableError('old_xls', 'this is an old .xls workbook: save it as XLSX or CSV');
  }
  const encoding = probe.verdict();
  if (encoding === 'binary') throw new TableError('binary', 'this is a binary file, not a table');
  const beginning = new TextDecoder(encoding).decode(start.subarray(0, 64 * 1024));
  if (/^\s*<[^>]*\b(html|table|xml)\b/i.test(beginning.slice(0, 4096))) {
    throw new TableError('web_page', 'this is a web page, not a table');
  }
  return { kind: 'csv', encoding, beginning };
}

async function readAll(open: Reopen): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function fromWorkbook(
  bytes: Buffer,
  limits: TableLimits,
  recognise: (header: string) => boolean,
): Promise<Table | TableFault> {
  const sheets = await readWorkbook(bytes, limits);
  const found = sheets.flatMap(({ sheet, rows, formulas }) => {
    const at = rows.findIndex(isFilled);
    const header = rows[at];
    return header === undefined ? [] : [{ sheet, header, at, rest: rows.slice(at + 1), formulas }];
  });
  const chosen = found.find(({ header }) => header.some(recognise)) ?? found[0];
  if (chosen === undefined) return { ok: false, fault: 'empty', detail: 'the workbook has no rows' };
  const { sheet, header, at, rest, formulas } = chosen;
  async function* rows(): AsyncGenerator<Row> {
    for (const [i, cells] of rest.entries()) {
      const uncalculated = formulas.get(at + i + 2);
      yield { position: i + 1, cells, ...(uncalculated !== undefined && { formulas: uncalculated }) };
    }
  }
  return { ok: true, kind: 'xlsx', sheet, header, rows: rows() };
}

async function firstFilled(rows: AsyncGenerator<CsvRow>): Promise<string[] | null> {
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    if (isFilled(next.value.cells)) return next.value.cells;
  }
  return null;
}

async function* numbered(rows: AsyncGenerator<CsvRow>): AsyncGenerator<Row> {
  let position = 0;
  for await (const { cells } of rows) {
    position += 1;
    yield { position, cells };
  }
}

function isFilled(cells: string[]): boolean {
  return cells.some((cell) => cell.trim() !== '');
}
