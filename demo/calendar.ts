import type { DemoPartner } from './partners.ts';

const DAY_MS = 86_400_000;
/** Readers by hour of the day at the repository, from midnight on; Monday is most alike everywhere. */
export const HOURS: readonly number[] = [
  9, 6, 4, 3, 3, 4, 8, 18, 38, 58, 66, 62, 50, 60, 68, 66, 58, 46, 38, 40, 44, 40, 30, 18,
];

/** How busy a day is (1 = a working day in term): terms, weekends, the turn of the year, examinations. */
export function busyness(partner: DemoPartner, day: number): number {
  const date = new Date(day * DAY_MS);
  return weekday(date.getUTCDay()) * season(partner, date.getUTCMonth() + 1, date.getUTCDate());
}

function weekday(number: number): number {
  if (number === 6) return 0.42;
  if (number === 0) return 0.55;
  return number === 5 ? 0.85 : 1;
}

function season(partner: DemoPartner, month: number, date: number): number {
  const turnOfTheYear = (month === 12 && date >= 22) || (month === 1 && date <= 4);
  if (turnOfTheYear) return 0.3;
  if (partner.quietMonths.includes(month)) return partner.kind === 'institute' ? 0.7 : 0.5;
  // Theses and papers are due before the long breaks.
  const due = partner.quietMonths.includes((month % 12) + 1);
  return due ? 1.35 : 1;
}

/** Mean of `busyness` over a year, so that a partner's events a day come out as stated. */
export function meanBusyness(partner: DemoPartner): number {
  const first = Date.UTC(2025, 0, 1) / DAY_MS;
  let sum = 0;
  for (let day = first; day < first + 364; day++) sum += busyness(partner, day);
  return sum / 364;
}
