const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/i;

/**
 * A time of ISO 8601 with zone, or a date (its first second in UTC), in milliseconds and to the second. Null for all else,
 * also for days that no calendar has.
 */
export function readTime(text: string): number | null {
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
