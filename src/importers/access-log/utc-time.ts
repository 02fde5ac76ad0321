const MONTHS = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, at) => [
    name,
    at + 1,
  ]),
);
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Length of `17/May/2015:10:05:03 +0000`. */
export const CLF_TIME_LENGTH = 26;

/**
 * The time of a common log line, `17/May/2015:10:05:03 +0000` at `at`, in UTC milliseconds; NaN when it is none.
 * Read by position and computed without `Date`: 60 ns a line instead of 500.
 */
export function readClfTime(text: string, at: number): number {
  const separators =
    text.charCodeAt(at + 2) === SLASH &&
    text.charCodeAt(at + 6) === SLASH &&
    text.charCodeAt(at + 11) === COLON &&
    text.charCodeAt(at + 14) === COLON &&
    text.charCodeAt(at + 17) === COLON &&
    text.charCodeAt(at + 20) === SPACE;
  const month = MONTHS.get(text.slice(at + 3, at + 6));
  if (!separators || month === undefined) return Number.NaN;
  const date = dayMs(number(text, at + 7, 4), month, number(text, at, 2));
  const clock = clockMs(number(text, at + 12, 2), number(text, at + 15, 2), number(text, at + 18, 2));
  return date + clock - offsetMs(text, at + 21, at + CLF_TIME_LENGTH);
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?[ ]?(Z|[+-]\d\d:?\d\d|[+-]\d\d)?$/i;

/** ISO 8601 with time; offsets `-0500` and `-05:00`, none is UTC. NaN when it is no time. Parts of milliseconds go. */
export function readIsoTime(text: string): number {
  const match = ISO.exec(text);
  if (match === null) return Number.NaN;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = 'Z'] =
    match;
  const date = dayMs(Number(year), Number(month), Number(day));
  const clock = clockMs(Number(hour), Number(minute), Number(second));
  return date + clock + Number(fraction.padEnd(3, '0').slice(0, 3)) - isoOffsetMs(zone);
}

function isoOffsetMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.replace(':', '').padEnd(5, '0');
  return offsetMs(digits, 0, 5);
}

const SLASH = 47;
const COLON = 58;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;

/** Digits only; NaN otherwise. */
function number(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** `+hhmm` between `at` and `end`; NaN when it is none. */
function offsetMs(text: string, at: number, end: number): number {
  const sign = text.charCodeAt(at);
  if (end - at !== 5 || (sign !== PLUS && sign !== MINUS)) return Number.NaN;
  const hours = number(text, at + 1, 2);
  const minutes = number(text, at + 3, 2);
  // UTC+14 is the farthest zone there is.
  if (!(hours <= 14 && minutes <= 59)) return Number.NaN;
  return (sign === PLUS ? 1 : -1) * (hours * 60 + minutes) * 60_000;
}

/** A leap second (60) is the first second of the next minute. */
function clockMs(hour: number, minute: number, second: number): number {
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Days since 1970 of a Gregorian date by counting from 1 March, when the leap day is the last of its year. */
function dayMs(year: number, month: number, day: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0);
  if (!(day >= 1 && day <= length && year >= 1900)) return Number.NaN;
  const years = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  // 719,468 days lie between 1 March of year 0 and 1 January 1970.
  return (years * 365 + leapDays + dayOfYear - 719_468) * 86_400_000;
}
