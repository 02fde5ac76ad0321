import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

export type OutCell = string | number | boolean | null;

/**
 * CSV as a stream of UTF-8: RFC 4180, CRLF, quotes only where needed, header first. Text that a spreadsheet would run as a formula
 * is disarmed. null is an empty cell; booleans are `True`/`False`. Rows are asked for as fast as the reader takes the result.
 */
export function writeCsv(
  columns: readonly string[],
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>,
): Readable {
  const lines = stringify({ record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
  pipeline(Readable.from(cells(columns, rows)), lines, () => {});
  return lines;
}

async function* cells(
  columns: readonly string[],
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>,
): AsyncGenerator<string[]> {
  yield columns.map(disarm);
  for await (const row of rows) yield row.map((cell) => disarm(asText(cell)));
}

/** A leading `'` for a cell that begins with `= + - @` (full-width too), TAB or CR, unless it is a plain number (compliance.md §9). */
export function disarm(text: string): string {
  if (!/^[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/.test(text)) return text;
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? text : `'${text}`;
}

export function asText(cell: OutCell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  return String(cell);
}
