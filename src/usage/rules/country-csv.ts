import { type AddressNumber, readAddress } from './address.ts';
import { type CountryRange, lastStart, layOut } from './range-table.ts';

/** Gives the country of an address, null when no range holds it. */
export type CountryOfAddress = (address: AddressNumber) => string | null;

export type CountryCsvResult = { ok: true; countryOf: CountryOfAddress } | { ok: false; reason: string };

const half = (1n << 64n) - 1n;

/**
 * Reads a country table of lines `first,last,CC`: IPv4 or IPv6 addresses, both ends included, and an alpha-2 code,
 * quoted or not; no header; blank lines ignored; in any order. Smaller ranges win inside bigger ones.
 * The failure is one line that names the first bad line.
 */
export async function readCountryCsv(
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<CountryCsvResult> {
  const four: CountryRange<number>[] = [];
  const six: CountryRange<bigint>[] = [];
  let line = 0;
  for await (const text of lines) {
    const content = text.trim();
    line += 1;
    if (content === '') continue;
    const fault = readLine(content, line, four, six);
    if (fault) return { ok: false, reason: `line ${line}: ${fault}` };
  }
  if (four.length + six.length === 0) return { ok: false, reason: 'it holds no range' };
  const fours = layOut(four, (address) => address + 1);
  if (!fours.ok) return fours;
  const sixes = layOut(six, (address) => address + 1n);
  if (!sixes.ok) return sixes;
  return { ok: true, countryOf: search(fours.segments, sixes.segments) };
}

/** Adds the line's range to those of its family, or says what is wrong with it. */
function readLine(
  content: string,
  line: number,
  four: CountryRange<number>[],
  six: CountryRange<bigint>[],
): string | null {
  const fields = content.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
  if (fields.length !== 3) return 'must be first,last,CC';
  const [firstText = '', lastText = '', country = ''] = fields;
  const [first, last] = [readAddress(firstText), readAddress(lastText)];
  if (!first) return `${firstText} is not an IP address`;
  if (!last) return `${lastText} is not an IP address`;
  if (!/^[A-Za-z]{2}$/.test(country)) return `${country} is not a country code of two letters`;
  if (first.family !== last.family) return 'first and last are not of the same IP version';
  if (first.value > last.value) return 'last is before first';
  const code = country.toUpperCase();
  if (first.family === 4 && last.family === 4)
    four.push({ first: first.value, last: last.value, country: code, line });
  if (first.family === 6 && last.family === 6)
    six.push({ first: first.value, last: last.value, country: code, line });
  return null;
}

/**
 * Binary search in typed arrays: 6 bytes for an IPv4 segment, 18 for IPv6, so the 700,000 lines of a whole-world table
 * stay under 20 MB.
 */
function search(
  four: { starts: number[]; countries: (string | null)[] },
  six: { starts: bigint[]; countries: (string | null)[] },
): CountryOfAddress {
  const names: (string | null)[] = [...new Set([...four.countries, ...six.countries])];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numbered = (countries: (string | null)[]) =>
    Uint16Array.from(countries, (name) => numbers.get(name) ?? 0);
  // The start after the last address there is (2^32, 2^128) wraps to 0, so it must not be stored.
  const starts = Uint32Array.from(four.starts.filter((start) => start < 2 ** 32));
  const inRange = six.starts.filter((start) => start >> 128n === 0n);
  const highs = BigUint64Array.from(inRange, (start) => start >> 64n);
  const lows = BigUint64Array.from(inRange, (start) => start & half);
  const fourNumbers = numbered(four.countries);
  const sixNumbers = numbered(six.countries);
  return ({ family, value }) => {
    if (family === 4) {
      const index = lastStart(starts.length, (at) => (starts[at] ?? 0) - value);
      return names[fourNumbers[index] ?? -1] ?? null;
    }
    const [high, low] = [value >> 64n, value & half];
    const index = lastStart(
      highs.length,
      (at) => compare(highs[at] ?? 0n, high) || compare(lows[at] ?? 0n, low),
    );
    return names[sixNumbers[index] ?? -1] ?? null;
  };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
