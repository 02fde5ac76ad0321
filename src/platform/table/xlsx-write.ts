import type { Row as SheetRow } from 'write-excel-file/node';
import { asText, type OutCell } from './csv-write.ts';

export type OutSheet = {
  name: string;
  columns: readonly string[];
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>;
};

/** What Excel takes in one cell. */
const longestCell = 32_767;

/** A workbook whose cells are all strings, so that nothing in them is ever a formula (compliance.md §9). Held in memory as a whole. */
export async function writeXlsx(sheets: readonly OutSheet[]): Promise<Buffer> {
  const built = [];
  for (const { name, columns, rows } of sheets) {
    const data: SheetRow[] = [columns.map(cell)];
    for await (const row of rows) data.push(row.map((value) => cell(asText(value))));
    built.push({ sheet: name, data });
  }
  // Its 80 modules are loaded with the first workbook, not with the server.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return await writeXlsxFile(built).toBuffer();
}

function cell(text: string) {
  if (text === '') return null;
  return { type: String, value: xlsxText(text) };
}

/** A text as a cell of a workbook can hold it. */
export function xlsxText(text: string): string {
  return allowedInXml(text).slice(0, longestCell).toWellFormed();
}

/** XML 1.0 §2.2 has no place for most control characters and for half surrogates. */
function allowedInXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be taken out
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
