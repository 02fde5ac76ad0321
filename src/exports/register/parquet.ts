import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { RegistryRecord } from '../../registry/index.ts';
import { type Column, columns } from './columns.ts';

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

/**
 * Rows of one row group. They are in memory at once, and encoding them keeps the thread some 50 ms, during which a server
 * answers nobody; fewer would make the footer long.
 */
const groupRows = 1_000;

/** The register as Parquet (Snappy), one row group after the other; the last bytes are the footer. */
export async function* parquetBytes(pages: AsyncIterable<string[]>): AsyncGenerator<Uint8Array> {
  // Loaded once a night, not with the server.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'almanac' });
  let records: RegistryRecord[] = [];
  for await (const lines of pages) {
    for (const line of lines) records.push(JSON.parse(line));
    if (records.length < groupRows) continue;
    await writeGroup(writer, records);
    records = [];
    yield taken(bytes);
  }
  if (records.length > 0) await writeGroup(writer, records);
  await writer.finish();
  yield taken(bytes);
}

async function writeGroup(writer: ParquetWriter, records: RegistryRecord[]): Promise<void> {
  const columnData = columns.map((column) => ({
    name: column.name,
    data: records.map((record) => cellValue(column, record)),
    // Its index of pages would stay in memory until the end, and whoever reads these files reads all of them.
    offsetIndex: false,
  }));
  await writer.write({ columnData, rowGroupSize: records.length });
}

function cellValue(column: Column, record: RegistryRecord): unknown {
  if (column.kind !== 'time') return column.of(record);
  const time = column.of(record);
  return time === null ? null : new Date(time);
}

/** Empties the buffer; the writer goes on counting offsets from the beginning of the file. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}

const utf8 = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;

const schema: Schema = [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)];

function elementsOf({ name, kind }: Column): Schema {
  switch (kind) {
    case 'text':
      return [{ name, ...utf8 }];
    case 'time':
      return [{ name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' }];
    case 'integer':
      return [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }];
    case 'number':
      return [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }];
    case 'json':
      return [{ name, type: 'BYTE_ARRAY', converted_type: 'JSON', repetition_type: 'OPTIONAL' }];
    case 'list':
      return [
        { name, converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', ...utf8 },
      ];
  }
}
