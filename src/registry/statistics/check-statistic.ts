import type { Fault } from '../../platform/http/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import { escaped } from '../model/body.ts';
import { parseTime } from '../model/dates.ts';
import { isObject } from '../model/record.ts';

export interface GivenStatistic {
  value: number;
  type: string;
  date: string;
}

/** Reads `{value,type,date?}` (registry.md §3); every fault is named. */
export function checkStatistic(
  body: unknown,
  now: number,
): { ok: true; statistic: GivenStatistic } | { ok: false; faults: Fault[] } {
  if (!isObject(body)) return { ok: false, faults: [{ path: '', message: 'must be an object' }] };
  const faults: Fault[] = [];
  for (const name of Object.keys(body)) {
    if (name !== 'value' && name !== 'type' && name !== 'date')
      faults.push({ path: `/${escaped(name)}`, message: 'is not known here' });
  }
  const value = numberOf(body.value);
  if (value === null)
    faults.push({ path: '/value', message: 'must be a number, or a string that holds one' });
  const type = typeof body.type === 'string' ? body.type.trim() : '';
  if (type === '' || type.length > 1_000 || type.includes('\u0000'))
    faults.push({ path: '/type', message: 'must be a string of 1 to 1000 characters' });
  const date = dateOf(body.date, now);
  if (date === null)
    faults.push({ path: '/date', message: 'must be a date that exists: YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ' });
  if (faults.length > 0 || value === null || date === null) return { ok: false, faults };
  return { ok: true, statistic: { value, type: type.toWellFormed(), date } };
}

function numberOf(given: unknown): number | null {
  const isNumeral =
    typeof given === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(given);
  const value = typeof given === 'number' ? given : isNumeral ? Number(given) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function dateOf(given: unknown, now: number): string | null {
  if (given === undefined) return isoSeconds(now);
  if (typeof given !== 'string') return null;
  const time = parseTime(given);
  return time === null ? null : isoSeconds(time);
}
