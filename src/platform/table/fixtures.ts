import { TableError, type TableFault } from './fault.ts';
import type { Row, Table } from './table-read.ts';
import { type ReadTableOptions, readTable } from './table-read.ts';

/** Small files made for the tests, and a short way to read them. */
export const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);

export type TableInMemory = Omit<Table, 'rows'> & { rows: Row[] };

/** Reads to the end; in pieces of `chunk` bytes, so that seams fall everywhere. */
export async function readWhole(
  bytes: Uint8Array,
  options: ReadTableOptions = {},
  chunk = 7,
): Promise<TableFault | TableInMemory> {
  const open = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  const table = await readTable(open, options);
  if (!table.ok) return table;
  const rows: Row[] = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows };
}

/** The fault, whether it was met at the header or among the rows. */
export async function faultOf(bytes: Uint8Array, options: ReadTableOptions = {}): Promise<TableFault | null> {
  try {
    const table = await readWhole(bytes, options);
    return table.ok ? null : table;
  } catch (error) {
    if (error instanceof TableError) return error.fault;
    throw error;
  }
}

export function mustRead(table: TableFault | TableInMemory): TableInMemory {
  if (!table.ok) throw new Error(table.detail);
  return table;
}
