const SEPARATED =
  /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * A publication date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time of day is dropped. Months and days may have one digit and slashes
 * between (`1993-1-01`, `2016/1/31`: both occur in harvested records), or nothing between (`20050518`).
 * Null when the text is no date of the calendar.
 */
export function publicationDate(text: string): string | null {
  const match = SEPARATED.exec(text.trim()) ?? COMPACT.exec(text.trim());
  const [, year, month, day] = match ?? [];
  if (!year || Number(year) < 1000) return null;
  if (!month) return year;
  if (Number(month) < 1 || Number(month) > 12) return null;
  const yearMonth = `${year}-${month.padStart(2, '0')}`;
  if (!day) return yearMonth;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > lastDay) return null;
  return `${yearMonth}-${day.padStart(2, '0')}`;
}

/** The earliest of the texts that is a date; a year counts from its start (specification `usage` §5.4). */
export function earliestDate(texts: readonly string[]): string | null {
  const dates = texts.map(publicationDate).filter((date) => date !== null);
  return dates.sort()[0] ?? null;
}
