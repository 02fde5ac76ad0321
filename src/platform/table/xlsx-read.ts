import { TableError } from './fault.ts';
import type { TableLimits } from './limits.ts';
import { placeOf } from './uncalculated.ts';
import { refuseBombs } from './workbook-guard.ts';

/** The sheets of a workbook as text: numbers as written, booleans `TRUE`/`FALSE`, dates as ISO, blank cells as ''. Throws `TableError`. */
export async function readWorkbook(
  bytes: Buffer,
  limits: TableLimits,
): Promise<{ sheet: string; rows: string[][]; formulas: Map<number, number[]> }[]> {
  const uncalculated = await refuseBombs(bytes, limits);
  // Loaded with the first workbook, not with the server.
  const { default: readXlsxFile } = await import('read-excel-file/node');
  const sheets = await readXlsxFile(bytes, { parseNumber: plainNumber }).catch((error: unknown) => {
    throw new TableError(
      'malformed',
      `the workbook cannot be read: ${error instanceof Error ? error.message : ''}`,
    );
  });
  return sheets.map(({ sheet, data }, at) => {
    const rows = data.map((row) => row.map(asText));
    const formulas = byRow(uncalculated[at] ?? new Set());
    // The reader leaves out blank rows at the end; one with a formula is a row all the same.
    const last = [...formulas.keys()].reduce((most, row) => Math.max(most, row), 0);
    while (rows.length < last) rows.push([]);
    return { sheet, rows, formulas };
  });
}

/** Places (from 0) of the cells at these addresses, by the number of their row (from 1). */
function byRow(addresses: ReadonlySet<string>): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const address of addresses) {
    const { row, place } = placeOf(address);
    rows.set(row, [...(rows.get(row) ?? []), place]);
  }
  return rows;
}

/** As shown, without an exponent: `25061507.0` and `2.5061507E7` are 25061507; what Excel stores as 0.30000000000000004 is 0.3. */
function plainNumber(stored: string): string {
  const value = Number(stored);
  if (!Number.isFinite(value)) return stored;
  if (Number.isInteger(value)) return BigInt(value).toString();
  // Excel keeps 15 digits.
  const rounded = Number(value.toPrecision(15));
  return rounded.toString().includes('e') ? rounded.toFixed(20).replace(/\.?0+$/, '') : rounded.toString();
}

function asText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (!(cell instanceof Date)) return String(cell);
  // A moment is stored as a fraction of a day, which is seldom exactly a second.
  const iso = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
}
