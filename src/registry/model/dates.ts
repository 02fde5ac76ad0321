import { isoSeconds } from '../../platform/http/index.ts';

const timePattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})Z)?$/;

/**
 * Milliseconds since 1970 of `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ`; null when the text is neither or no such time
 * exists. The calendar has no year 0, nor has PostgreSQL.
 */
export function parseTime(text: string): number | null {
  const match = timePattern.exec(text);
  if (!match || match[1] === '0000') return null;
  const time = Date.parse(match[4] === undefined ? `${text}T00:00:00Z` : text);
  if (!Number.isFinite(time)) return null;
  // `Date.parse` takes 30 February and 24:00:00 for the day after.
  return isoSeconds(time).startsWith(text) ? time : null;
}

/** Like `parseTime`; a day alone means its last second. */
export function parseEnd(text: string): number | null {
  const time = parseTime(text);
  if (time === null) return null;
  return text.includes('T') ? time : time + 86_399_000;
}

/** Whether a text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` of the calendar. */
export function isPartialDate(text: string): boolean {
  if (/^\d{4}$/.test(text)) return true;
  return parseTime(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text) !== null && !text.includes('T');
}
