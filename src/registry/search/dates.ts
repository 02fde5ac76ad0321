const shape =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/** A date as first and last millisecond of the span it names (`2014` is a year, `2014-01-24` a day). */
export interface Span {
  first: number;
  last: number;
}

/** Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and times of a day, UTC unless they say otherwise; null: not a real date. */
export function spanOf(text: string): Span | null {
  const match = text.length <= 35 && shape.exec(text);
  if (!match) return null;
  const [, year = '', month, day, hour, minute, second, fraction, zone] = match;
  const at = [
    Number(year),
    Number(month ?? 1) - 1,
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
  ] as const;
  const seconds = Number(second ?? 0);
  const millis = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const date = new Date(0);
  date.setUTCFullYear(at[0], at[1], at[2]);
  if (date.getUTCMonth() !== at[1] || date.getUTCDate() !== at[2]) return null;
  if (at[3] > 23 || at[4] > 59 || seconds > 59) return null;
  const first = date.getTime() + at[3] * hourMs + at[4] * 60_000 + seconds * 1000 + millis - zoneMs(zone);
  const unit: Unit =
    month === undefined
      ? 'y'
      : day === undefined
        ? 'M'
        : hour === undefined
          ? 'd'
          : minute === undefined
            ? 'h'
            : second === undefined
              ? 'm'
              : 's';
  const last = fraction === undefined ? addTo(first, 1, unit) - 1 : first;
  return { first, last };
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

export type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm' | 's';

const step = /([+-])(\d{0,6})([yMwdhHms])|\/([yMwdhHms])/y;

/** Date mathematics: `now-7d/d`, `2014-01-24||+1M/M`. A rounded end is a span too. null: not date mathematics. */
export function mathematicsOf(text: string, now: number): Span | null {
  const [anchor, rest] = text.startsWith('now') ? ['now', text.slice(3)] : text.split('||', 2);
  if (anchor === undefined || rest === undefined) return null;
  let span: Span | null = anchor === 'now' ? { first: now, last: now } : spanOf(anchor);
  if (span === null) return null;
  step.lastIndex = 0;
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (match === null) return null;
    const [, sign, amount, unitText = '', roundText] = match;
    if (roundText !== undefined) {
      const unit = unitOf(roundText);
      const first = floorTo(span.first, unit);
      span = { first, last: addTo(first, 1, unit) - 1 };
    } else {
      const first = addTo(span.first, Number(`${sign}${amount || 1}`), unitOf(unitText));
      span = { first, last: first + (span.last - span.first) };
    }
  }
  return Number.isFinite(span.first) ? span : null;
}

const unitOf = (letter: string): Unit => (letter === 'H' ? 'h' : (letter as Unit));

const fixed: Partial<Record<Unit, number>> = { s: 1000, m: 60_000, h: hourMs, d: dayMs, w: 7 * dayMs };

export function addTo(time: number, amount: number, unit: Unit): number {
  const length = fixed[unit];
  if (length !== undefined) return time + amount * length;
  const date = new Date(time);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + amount * (unit === 'y' ? 12 : 1);
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const lastDay = new Date(Date.UTC(2000, month + 1, 0));
  lastDay.setUTCFullYear(year, month + 1, 0);
  const result = new Date(time);
  result.setUTCFullYear(year, month, Math.min(date.getUTCDate(), lastDay.getUTCDate()));
  return result.getTime();
}

/** The beginning of the year, month, week (Monday), day, hour, minute or second that holds the time. */
export function floorTo(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'y' || unit === 'M') {
    const start = new Date(0);
    start.setUTCFullYear(date.getUTCFullYear(), unit === 'y' ? 0 : date.getUTCMonth(), 1);
    return start.getTime();
  }
  // 1970-01-01 was a Thursday.
  if (unit === 'w') return Math.floor((time + 3 * dayMs) / (7 * dayMs)) * 7 * dayMs - 3 * dayMs;
  const length = fixed[unit] ?? 1000;
  return Math.floor(time / length) * length;
}

/** As dates leave the server: whole seconds, `Z`. */
export function isoOf(time: number): string {
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return '';
  return new Date(time).toISOString();
}
