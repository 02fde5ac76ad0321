/** A range of addresses of one country, both ends included, and the line of the file that states it. */
export interface CountryRange<Address extends number | bigint> {
  first: Address;
  last: Address;
  country: string;
  line: number;
}

/** From each start up to the next one the country is the same; null is "no range". */
interface Segments<Address> {
  starts: Address[];
  countries: (string | null)[];
}

export type RangesResult<Address> = { ok: true; segments: Segments<Address> } | { ok: false; reason: string };

/**
 * Lays ranges, in any order, out as segments without overlap. Inside a bigger range the smaller one wins, whatever
 * their order. Ranges that cross, or are the same with different countries, contradict each other: a failure that
 * names both lines.
 */
export function layOut<Address extends number | bigint>(
  ranges: CountryRange<Address>[],
  next: (address: Address) => Address,
): RangesResult<Address> {
  const segments: Segments<Address> = { starts: [], countries: [] };
  const open: CountryRange<Address>[] = [];
  const closeBefore = (address: Address | null) => {
    for (let top = open.at(-1); top && (address === null || top.last < address); top = open.at(-1)) {
      open.pop();
      begin(segments, next(top.last), open.at(-1)?.country ?? null);
    }
  };
  for (const range of ranges.toSorted(byFirstThenWidest)) {
    closeBefore(range.first);
    const around = open.at(-1);
    if (around && range.last > around.last) return contradiction(around, range, 'cross');
    if (around && range.first === around.first && range.last === around.last) {
      if (range.country !== around.country)
        return contradiction(around, range, 'give the same range different countries');
      continue;
    }
    begin(segments, range.first, range.country);
    open.push(range);
  }
  closeBefore(null);
  return { ok: true, segments };
}

/** Index of the last start at or before what is sought, -1 if there is none; `compare` gives start minus sought. */
export function lastStart(length: number, compare: (index: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(middle) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function begin<Address>(segments: Segments<Address>, start: Address, country: string | null): void {
  // A range that begins where another one ended takes the place of the gap between them.
  if (segments.starts.at(-1) === start) {
    segments.starts.pop();
    segments.countries.pop();
  }
  segments.starts.push(start);
  segments.countries.push(country);
}

function byFirstThenWidest<Address extends number | bigint>(
  a: CountryRange<Address>,
  b: CountryRange<Address>,
): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  if (a.last !== b.last) return a.last > b.last ? -1 : 1;
  return a.line - b.line;
}

function contradiction<Address extends number | bigint>(
  one: CountryRange<Address>,
  other: CountryRange<Address>,
  how: string,
): RangesResult<Address> {
  const [first, second] = [one, other].sort((a, b) => a.line - b.line);
  return { ok: false, reason: `line ${second?.line}: this and line ${first?.line} ${how}` };
}
