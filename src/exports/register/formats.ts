import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type OutCell, writeCsv } from '../../platform/table/index.ts';
import type { RegistryRecord } from '../../registry/index.ts';
import { type Column, columns } from './columns.ts';
import { parquetBytes } from './parquet.ts';

/** Lines of `/dump` without their line ends, some at a time. */
export type Pages = AsyncIterable<string[]>;

export type Bytes = AsyncIterable<Uint8Array | string>;

export type RegisterFormat = 'ndjson.gz' | 'csv' | 'parquet';

/** How the register is written in each format; the name is the end of the file's name. */
export const formats: Record<RegisterFormat, (pages: Pages) => Bytes> = {
  // A failure of the database reaches whoever reads the result.
  'ndjson.gz': (pages) =>
    pipeline(Readable.from(ndjson(pages), { highWaterMark: 1 }), createGzip(), () => {}),
  csv: (pages) =>
    writeCsv(
      columns.map(({ name }) => name),
      csvRows(pages),
    ),
  parquet: (pages) => parquetBytes(pages),
};

export const registerFormats = Object.keys(formats) as RegisterFormat[];

/** As `GET /dump`. */
export async function* ndjson(pages: Pages): AsyncGenerator<string> {
  for await (const lines of pages) yield `${lines.join('\n')}\n`;
}

async function* csvRows(pages: Pages): AsyncGenerator<OutCell[]> {
  for await (const lines of pages) {
    for (const line of lines) {
      const record = JSON.parse(line) as RegistryRecord;
      yield columns.map((column) => cellOf(column, record));
    }
  }
}

function cellOf(column: Column, record: RegistryRecord): OutCell {
  switch (column.kind) {
    case 'list':
      return column.of(record).join('; ');
    case 'json':
      return JSON.stringify(column.of(record));
    default:
      return column.of(record);
  }
}
