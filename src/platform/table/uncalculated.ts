/** Finds formulas without a calculated value in the XML of a sheet as it passes by. */
export interface FormulaWatch {
  see(text: string): void;
  /** Addresses of the cells (`B5`). */
  found: ReadonlySet<string>;
}

/** A cell that holds a formula and no value; lengths are bounded, so that no text makes the search slow. */
const uncalculated =
  /<(?:\w{1,20}:)?c\b([^<>]{0,500})>\s{0,50}<(?:\w{1,20}:)?f\b(?:[^<>]{0,500}\/>|[^<>]{0,500}>[^<]{0,9000}<\/(?:\w{1,20}:)?f>)\s{0,50}(?:<(?:\w{1,20}:)?v\s{0,50}(?:\/>|>\s{0,50}<\/(?:\w{1,20}:)?v>))?\s{0,50}<\/(?:\w{1,20}:)?c>/g;
const longest = 16 * 1024;
const mostFound = 100_000;

export function watchFormulas(): FormulaWatch {
  const found = new Set<string>();
  let carried = '';
  return {
    found,
    see(chunk) {
      const text = carried + chunk;
      if (text.includes('f')) {
        for (const [, attributes = ''] of text.matchAll(uncalculated)) {
          const address = /\sr\s*=\s*["']\s*([A-Za-z]{1,3}\d{1,7})/.exec(attributes)?.[1];
          if (address !== undefined && found.size < mostFound) found.add(address.toUpperCase());
        }
      }
      carried = text.slice(-longest);
    },
  };
}

/** The parts of a workbook that hold its sheets, in the order of the sheets; null where that cannot be told. */
export function sheetParts(workbook: string, relations: string): (string | null)[] {
  const targets = new Map<string, string>();
  for (const [relation] of relations.matchAll(/<(?:\w{1,20}:)?Relationship\b[^<>]{0,2000}>/g)) {
    const id = attribute(relation, 'Id');
    const target = attribute(relation, 'Target');
    if (id !== null && target !== null)
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  return [...workbook.matchAll(/<(?:\w{1,20}:)?sheet\b[^<>]{0,2000}>/g)].map(
    ([sheet]) => targets.get(attribute(sheet, '\\w{1,20}:id') ?? '') ?? null,
  );
}

function attribute(element: string, name: string): string | null {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(element)?.[1] ?? null;
}

/** `C5` → row 5, place 2. */
export function placeOf(address: string): { row: number; place: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits), place: number - 1 };
}
