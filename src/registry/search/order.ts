/** A value of a field as it stands in the record. */
export type Scalar = string | number | boolean;

const kinds = { boolean: 0, number: 1, string: 2 };
const kindOf = (value: Scalar) =>
  typeof value === 'string' ? kinds.string : typeof value === 'number' ? kinds.number : kinds.boolean;

/** Booleans, then numbers, then strings by code point. */
export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  return kindOf(a) - kindOf(b) || Number(a) - Number(b);
}

/** By code point; `<` compares UTF-16 units and puts U+10000 before U+E000. */
export function compareStrings(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x < 0xe000;
    const yHigh = y >= 0xd800 && y < 0xe000;
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1;
  }
  return a.length - b.length;
}
