import readXlsxFile from 'read-excel-file/node';
import { TableError } from './fault.ts';
import type { TableLimits } from './limits.ts';
import { refuseBombs } from './workbook-guard.ts';

/** The sheets of a workbook as text: numbers as written, booleans `TRUE`/`FALSE`, dates as ISO, blank cells as ''. Throws `TableError`. */
export async function readWorkbook(
  bytes: Buffer,
  limits: TableLimits,
): Promise<{ sheet: string; rows: string[][] }[]> {
  await refuseBombs(bytes, limits);
  const sheets = await readXlsxFile(bytes, { parseNumber: plainNumber }).catch((error: unknown) => {
    throw new TableError(
      'malformed',
      `the workbook cannot be read: ${error instanceof Error ? error.message : ''}`,
    );
  });
  return sheets.map(({ sheet, data }) => ({ sheet, rows: data.map((row) => row.map(asText)) }));
}

/** As shown, without an exponent: `25061507.0` and `2.5061507E7` are 25061507; what Excel stores as 0.30000000000000004 is 0.3. */
function plainNumber(stored: string): string {
  const value = Number(stored);
  if (!Number.isFinite(value)) return stored;
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  // Excel keeps 15 digits.
  const rounded = Number(value.toPrecision(15));
  return rounded.toString().includes('e') ? rounded.toFixed(20).replace(/\.?0+$/, '') : rounded.toString();
}

function asText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (!(cell instanceof Date)) return String(cell);
  const iso = cell.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
}
