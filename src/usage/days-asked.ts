import { badInput, type Fault } from '../platform/http/index.ts';
import { dayOf, MS_PER_DAY } from './facts.ts';

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return Number.isFinite(time) && dayOf(time).day === text && Math.abs(time) < 100_000_000 * MS_PER_DAY;
}

/** Throws a problem that names every fault of a range of days. */
export function checkRange(from: string | null, until: string | null): void {
  const faults: Fault[] = [];
  if (from !== null && !isDay(from))
    faults.push({ path: 'from', message: 'must be a day that exists (YYYY-MM-DD)' });
  if (until !== null && !isDay(until))
    faults.push({ path: 'until', message: 'must be a day that exists (YYYY-MM-DD)' });
  if (faults.length === 0 && from !== null && until !== null && from > until)
    faults.push({ path: 'from', message: 'must not be after until' });
  if (faults.length > 0) throw badInput(faults);
}
