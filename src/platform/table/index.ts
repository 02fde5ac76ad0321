export { type OutCell, writeCsv } from './csv-write.ts';
export { TableError, type TableFault } from './fault.ts';
export type { TableLimits } from './limits.ts';
export { type ReadTableOptions, type Reopen, type Row, readTable, type Table } from './table-read.ts';
export { streamXlsx } from './xlsx-stream.ts';
export { type OutSheet, writeXlsx } from './xlsx-write.ts';
