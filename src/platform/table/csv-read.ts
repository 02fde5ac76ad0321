import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { TableError } from './fault.ts';
import type { TableLimits } from './limits.ts';
import { watchQuotes } from './open-quote.ts';

/** The cells of one row as they stand, and the line it ends on (from 1). */
export type CsvRow = { cells: string[]; line: number };

/**
 * RFC 4180, kindly: doubled quotes, line breaks inside quotes, CRLF, LF or CR, stray quotes inside unquoted cells kept.
 * Rows keep their own length. A line without a character is no row. Throws `TableError`; memory holds one row at a time.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  delimiter: string,
  limits: TableLimits,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: limits.rowCharacters,
    info: true,
  });
  const quotes = watchQuotes(delimiter);
  const source = Readable.from(watched(text, quotes.see));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      rows += 1;
      // The header is one of them.
      if (rows > limits.rows + 1) throw new TableError('too_large', `more than ${limits.rows} rows`);
      if (record.length > limits.columns) {
        throw new TableError('too_large', `more than ${limits.columns} columns`, info.lines);
      }
      yield { cells: record, line: info.lines };
    }
  } catch (error) {
    throw error instanceof CsvError ? asFault(error, quotes.openedAt()) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function* watched(text: AsyncIterable<string>, see: (part: string) => void): AsyncGenerator<string> {
  for await (const part of text) {
    see(part);
    yield part;
  }
}

function asFault(error: CsvError, openedAt: number | null): TableError {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' && openedAt !== null) {
    return new TableError('open_quote', `a quote opened in line ${openedAt} is never closed`, openedAt);
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return openedAt === null
      ? new TableError(
          'too_large',
          `the row in line ${lineOf(error)} is longer than a row may be`,
          lineOf(error),
        )
      : new TableError(
          'too_large',
          `a row is too long; perhaps the quote opened in line ${openedAt} is never closed`,
          openedAt,
        );
  }
  return new TableError('malformed', 'the table cannot be read');
}

/** Where the parser was, from 1; it adds this to its errors without naming it in its types. */
function lineOf(error: CsvError): number {
  return 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
}
