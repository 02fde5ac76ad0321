import { isoOf } from '../dates.ts';

/** A time (epoch ms) in a format of `yyyy MM dd HH mm ss` and signs; without a format as ISO 8601 with milliseconds. */
export function formatTime(time: number, format: string | null): string {
  const iso = isoOf(time);
  if (format === null || iso === '') return iso;
  if (format === 'epoch_millis') return String(time);
  const parts: Record<string, string> = {
    yyyy: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    dd: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  };
  return format.replace(/'([^']*)'|yyyy|MM|dd|HH|mm|ss/g, (found, quoted) => parts[found] ?? quoted ?? found);
}
