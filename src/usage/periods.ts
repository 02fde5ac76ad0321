/** Granularity of a series, as asked. */
export type Granularity = 'total' | 'year' | 'month' | 'day';

/** Grain of a stored roll-up: day, month, year, total. */
export type Grain = 'd' | 'm' | 'y' | 't';

/** A range of stored roll-ups: all periods of one grain that begin from `from` to `until`, both inclusive. */
export interface Piece {
  grain: Grain;
  from: string;
  until: string;
}

const EVER = { from: '0001-01-01', until: '9999-12-31' };

/** The period that stands for all time in the roll-ups. */
const TOTAL_PERIOD = '1970-01-01';

/**
 * Which stored roll-ups add up exactly to the days `from`–`until` (UTC, inclusive; null = open), none of them coarser than
 * the series asked for. At most two ranges of days, two of months and one of years: a read never grows with history.
 */
export function piecesOf(from: string | null, until: string | null, granularity: Granularity): Piece[] {
  if (granularity === 'total' && from === null && until === null)
    return [{ grain: 't', from: TOTAL_PERIOD, until: TOTAL_PERIOD }];
  const range = { from: from ?? EVER.from, until: until ?? EVER.until };
  if (range.from > range.until) return [];
  if (granularity === 'day') return [{ grain: 'd', ...range }];
  return granularity === 'month' ? inMonths(range) : inYears(range);
}

interface Range {
  from: string;
  until: string;
}

function inYears({ from, until }: Range): Piece[] {
  const firstWhole = from.endsWith('-01-01') ? year(from) : year(from) + 1;
  const lastWhole = until.endsWith('-12-31') ? year(until) : year(until) - 1;
  if (firstWhole > lastWhole) return inMonths({ from, until });
  const pieces: Piece[] = [
    { grain: 'y', from: `${pad(firstWhole, 4)}-01-01`, until: `${pad(lastWhole, 4)}-01-01` },
  ];
  if (year(from) < firstWhole) pieces.unshift(...inMonths({ from, until: `${pad(year(from), 4)}-12-31` }));
  if (year(until) > lastWhole) pieces.push(...inMonths({ from: `${pad(year(until), 4)}-01-01`, until }));
  return pieces;
}

function inMonths({ from, until }: Range): Piece[] {
  const firstWhole = from.endsWith('-01') ? monthNumber(from) : monthNumber(from) + 1;
  const lastWhole = until === lastDay(monthNumber(until)) ? monthNumber(until) : monthNumber(until) - 1;
  if (firstWhole > lastWhole) {
    // No whole month: at most two part months, which meet.
    return [{ grain: 'd', from, until }];
  }
  const pieces: Piece[] = [{ grain: 'm', from: firstDay(firstWhole), until: firstDay(lastWhole) }];
  if (monthNumber(from) < firstWhole) pieces.unshift({ grain: 'd', from, until: lastDay(monthNumber(from)) });
  if (monthNumber(until) > lastWhole) pieces.push({ grain: 'd', from: firstDay(monthNumber(until)), until });
  return pieces;
}

/** The name of the period of the series that a stored period belongs to: `total`, `2015`, `2015-05` or `2015-05-17`. */
export function periodName(period: string, granularity: Granularity): string {
  switch (granularity) {
    case 'total':
      return 'total';
    case 'year':
      return period.slice(0, 4);
    case 'month':
      return period.slice(0, 7);
    case 'day':
      return period;
  }
}

function year(day: string): number {
  return Number(day.slice(0, 4));
}

function monthNumber(day: string): number {
  return year(day) * 12 + Number(day.slice(5, 7)) - 1;
}

function firstDay(month: number): string {
  return `${pad(Math.floor(month / 12), 4)}-${pad((month % 12) + 1, 2)}-01`;
}

function lastDay(month: number): string {
  const days = new Date(Date.UTC(2000, (month % 12) + 1, 0));
  // Date.UTC reads years below 100 as 19xx, so the year is set apart.
  days.setUTCFullYear(Math.floor(month / 12), (month % 12) + 1, 0);
  return `${pad(Math.floor(month / 12), 4)}-${pad((month % 12) + 1, 2)}-${pad(days.getUTCDate(), 2)}`;
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
