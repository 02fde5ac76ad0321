/**
 * Why a table cannot be read. A closed list; `detail` is a sentence for the person who sent the file.
 * `empty` no bytes or no rows · `old_xls` · `web_page` · `binary` · `open_quote` a quoted cell never ends (`line`: where it began) ·
 * `too_large` bytes, rows, columns, a cell, or what a workbook unpacks to · `malformed` a workbook that is none.
 */
export type TableFault = {
  ok: false;
  fault: 'empty' | 'old_xls' | 'web_page' | 'binary' | 'open_quote' | 'too_large' | 'malformed';
  detail: string;
  line?: number;
};

/** How a fault met in the middle of the rows reaches whoever iterates over them. */
export class TableError extends Error {
  readonly fault: TableFault;
  constructor(fault: TableFault['fault'], detail: string, line?: number) {
    super(detail);
    this.name = 'TableError';
    this.fault = { ok: false, fault, detail, ...(line === undefined ? {} : { line }) };
  }
}
