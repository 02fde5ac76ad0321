import type { RoarEntry } from './repository.ts';

/**
 * An entry of ROAR's CSV export: several rows of one `eprintid` hold the several values of a field. Columns are named
 * `field`, or `field.part` for a part of an item.
 */
export function csvEntry(rows: Record<string, string>[]): RoarEntry | null {
  const id = rows[0]?.eprintid?.trim() ?? '';
  if (!/^\d+$/.test(id)) return null;
  const cell = (row: Record<string, string> | undefined, column: string): string | null => {
    const text = row?.[column]?.trim() ?? '';
    return text === '' ? null : text;
  };
  return {
    id: Number(id),
    one: (field) => rows.map((row) => cell(row, field)).find((text) => text !== null) ?? null,
    many: (field) => [
      ...new Set(
        rows.map((row) => cell(row, field) ?? cell(row, `${field}.item`)).filter((text) => text !== null),
      ),
    ],
    items: (field) =>
      rows
        .filter((row) =>
          Object.keys(row).some((column) => column.startsWith(`${field}.`) && cell(row, column) !== null),
        )
        .map((row) => ({ one: (part) => cell(row, `${field}.${part}`) })),
  };
}
