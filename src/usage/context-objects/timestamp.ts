const EXTENDED =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$/;
const BASIC =
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?(?:(Z)|([+-])(\d{2})(\d{2})?)?$/;
const MINUTE = 60_000;

/**
 * Milliseconds since 1970 of an ISO 8601 date with time, in any zone; without a zone it is UTC (specification `usage` §2.1).
 * Fractions are cut after milliseconds. Null when it is none: no time, no such day, no such hour.
 */
export function parseTimestamp(text: string): number | null {
  const match = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute] = [match[1], match[2], match[3], match[4], match[5]].map(
    Number,
  ) as Five;
  const second = Number(match[6] ?? 0);
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const midnight = hour === 24 && minute === 0 && second === 0 && milliseconds === 0;
  // 60 is a leap second; like every clock on POSIX systems we count it into the next minute.
  if (minute > 59 || second > 60 || (hour > 23 && !midnight) || month < 1 || month > 12 || day < 1)
    return null;
  if (day > daysOf(year, month)) return null;
  const offset = Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0);
  if (Number(match[10] ?? 0) > 23 || Number(match[11] ?? 0) > 59) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (year < 100) return null;
  return local - (match[9] === '-' ? -offset : offset) * MINUTE;
}

type Five = [number, number, number, number, number];

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
