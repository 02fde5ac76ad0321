const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/i;

/**
 * A time of ISO 8601 with zone, or a date (its first second in UTC), in milliseconds and to the second. Null for all else,
 * also for days that no calendar has.
 */
export function readTime(text: string): number | null {
  return readPlain(text) ?? readAny(text);
}

const ZERO = 48;
/** Of months in any year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Where the digits of `2016-11-25T10:00:00Z` stand, and what stands between them. */
const PLAIN = '0000-00-00T00:00:00Z';

/** The usual form, of times that cannot be wrong, without a pattern: ten of them in the time of one. */
function readPlain(text: string): number | null {
  if (text.length !== PLAIN.length) return null;
  for (let at = 0; at < PLAIN.length; at++) {
    const expected = PLAIN.charCodeAt(at);
    const found = text.charCodeAt(at);
    if (expected === ZERO ? found < ZERO || found > ZERO + 9 : found !== expected) return null;
  }
  const two = (at: number): number => 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
  const [year, month, day, hour, minute, second] = [
    100 * two(0) + two(2),
    two(5),
    two(8),
    two(11),
    two(14),
    two(17),
  ];
  if (
    year < 1000 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > (DAYS[month - 1] ?? 0) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function readAny(text: string): number | null {
  const parts = FORM.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = 'Z'] = parts;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).getUTCDate() !== Number(day) || Number(month) > 12) return null;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return null;
  if (Number(hour) === 24 && (Number(minute) > 0 || Number(second) > 0)) return null;
  const offset = zone.length === 1 ? 0 : minutesOf(zone);
  if (offset === null) return null;
  return date + (Number(hour) * 60 + Number(minute) - offset) * 60_000 + Number(second) * 1000;
}

function minutesOf(zone: string): number | null {
  const digits = zone.replace(/\D/g, '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 18 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
