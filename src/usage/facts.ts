import { countryNumber } from './country-number.ts';
import type { StoredEvent } from './stored-event.ts';

/** One row of `usage_events`, as the processor holds it. */
export interface Fact {
  identity: string;
  workId: number;
  session: string;
  click: string;
  /** UTC day, `YYYY-MM-DD`. */
  day: string;
  /** Milliseconds into the day. */
  ms: number;
  agentId: number;
  sourceId: number;
  country: number;
  status: number;
  kind: 'r' | 'i' | 'o';
  excluded: number;
  /** Who-and-URL under the salt of the day before, for an event of its first 30 s. */
  clickPrevious: string | null;
}

export const EXCLUDED_METHOD = 1;
export const EXCLUDED_CLASS = 2;
/** The row stands for an event of the next day's first 30 s (see the table's comment). */
export const SHADOW = 4;

export const MS_PER_DAY = 86_400_000;

const kinds = { request: 'r', investigation: 'i', other: 'o' } as const;

/** The day of a time, and the milliseconds into it. */
export function dayOf(time: number): { day: string; ms: number } {
  const number = Math.floor(time / MS_PER_DAY);
  return { day: dayName(number), ms: time - number * MS_PER_DAY };
}

const names = new Map<number, string>();

function dayName(number: number): string {
  let name = names.get(number);
  if (name === undefined) {
    if (names.size > 20_000) names.clear();
    name = new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
    names.set(number, name);
  }
  return name;
}

export function previousDay(day: string): string {
  return dayName(Date.parse(day) / MS_PER_DAY - 1);
}

export function factOf(
  event: StoredEvent,
  kind: 'request' | 'investigation' | 'other',
  workId: number,
  agentId: number,
  sourceId: number,
): Fact {
  const { day, ms } = dayOf(event.time);
  return {
    identity: event.event,
    workId,
    session: event.session,
    click: event.click,
    day,
    ms,
    agentId,
    sourceId,
    country: countryNumber(event.country),
    // 0 stands for absent, so a status that was no number (read as 0) must not look like it.
    status: event.status === undefined ? 0 : event.status === 0 ? -1 : event.status,
    kind: kinds[kind],
    excluded: (event.method === undefined ? 0 : EXCLUDED_METHOD) | (event.internal ? EXCLUDED_CLASS : 0),
    clickPrevious: event.click_previous ?? null,
  };
}

/** Whether two facts of one identity say the same. */
export function sameFact(a: Fact, b: Fact): boolean {
  return (
    a.workId === b.workId &&
    a.day === b.day &&
    a.ms === b.ms &&
    a.session === b.session &&
    a.click === b.click &&
    a.agentId === b.agentId &&
    a.country === b.country &&
    a.status === b.status &&
    a.kind === b.kind &&
    a.excluded === b.excluded
  );
}
