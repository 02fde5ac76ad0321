/** What a table may cost. Defaults: compliance.md §3.6, contract.md (100 MiB uploads). */
export type TableLimits = {
  bytes: number;
  rows: number;
  columns: number;
  /** Characters of one row; a cell cannot be longer. */
  rowCharacters: number;
  /** Of a workbook. */
  unpackedBytes: number;
  entries: number;
  /** Unpacked to packed, for an entry above 1 MiB. */
  ratio: number;
  cells: number;
};

export const defaultLimits: TableLimits = {
  bytes: 100 * 1024 * 1024,
  rows: 100_000,
  columns: 1_000,
  rowCharacters: 1024 * 1024,
  unpackedBytes: 200 * 1024 * 1024,
  entries: 1_000,
  ratio: 100,
  cells: 5_000_000, // what a reader that keeps a sheet in memory can bear
};
