/**
 * Lower bounds of at most `wanted` classes for a map: even steps on a logarithmic scale, rounded to 1, 2 or 5 times a
 * power of ten, because downloads by country differ by factors and not by amounts. The first bound is the least value.
 */
export function classBounds(values: number[], wanted = 5): number[] {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return [];
  const least = Math.min(...positive);
  const most = Math.max(...positive);
  if (least === most) return [least];
  const bounds = Array.from({ length: wanted }, (_, place) =>
    place === 0 ? least : roundedDown(least * (most / least) ** (place / wanted)),
  );
  return bounds.filter((bound, place) => place === 0 || bound > (bounds[place - 1] ?? 0));
}

/** Place of the class a value is in, from 0; -1 for a value below all. */
export function classOf(value: number, bounds: number[]): number {
  return bounds.findLastIndex((bound) => value >= bound);
}

function roundedDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [5, 2, 1].find((one) => one * power <= value) ?? 1;
  return factor * power < 1 ? Math.ceil(value) : factor * power;
}
