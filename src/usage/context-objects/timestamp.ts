const EXTENDED =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$/;
const BASIC =
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?(?:(Z)|([+-])(\d{2})(\d{2})?)?$/;
/** As nearly all are written: in UTC, with or without milliseconds. Its parts stand at fixed places. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;
const MINUTE = 60_000;

/**
 * Milliseconds since 1970 of an ISO 8601 date with time, in any zone; without a zone it is UTC (specification `usage` §2.1).
 * Fractions are cut after milliseconds. Null when it is none: no time, no such day, no such hour.
 */
export function parseTimestamp(text: string): number | null {
  if (USUAL.test(text)) {
    const milliseconds = text.length === 24 ? 10 * twoDigits(text, 20) + digit(text, 22) : 0;
    return timeOf(
      [100 * twoDigits(text, 0) + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8)],
      [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17), milliseconds],
    );
  }
  const match = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (match === null) return null;
  const part = (at: number): number => Number(match[at] ?? 0);
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = timeOf([part(1), part(2), part(3)], [part(4), part(5), part(6), milliseconds]);
  if (local === null || part(10) > 23 || part(11) > 59) return null;
  const offset = part(10) * 60 + part(11);
  return local - (match[9] === '-' ? -offset : offset) * MINUTE;
}

type Day = [year: number, month: number, day: number];
type Clock = [hour: number, minute: number, second: number, milliseconds: number];

function timeOf([year, month, day]: Day, [hour, minute, second, milliseconds]: Clock): number | null {
  const midnight = hour === 24 && minute === 0 && second === 0 && milliseconds === 0;
  // 60 is a leap second; like every clock on POSIX systems we count it into the next minute.
  if (minute > 59 || second > 60 || (hour > 23 && !midnight) || month < 1 || month > 12 || day < 1)
    return null;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (day > daysOf(year, month) || year < 100) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const twoDigits = (text: string, at: number): number => 10 * digit(text, at) + digit(text, at + 1);

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
