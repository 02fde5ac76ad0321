import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { readBody } from './kept-body.ts';

/** l = live, d = deleted, m = says what an earlier event says. */
export type EventState = 'l' | 'd' | 'm';

export const INVERSE = 1;
export const CUMULATIVE = 2;
export const GIVEN_TIME = 4;
export const HELD = 8;

/** More than a number of a source can be. */
export const MOST_SOURCES = 65_536;

/** A body among those of a row of `derived.event_bodies`. */
export interface BodyPlace {
  no: number;
  place: number;
}

/** One event at a moment, as the processor holds it; times in milliseconds. See `derived.events`. */
export interface Event {
  id: string;
  changeNo: number;
  from: number;
  to: number;
  total: number;
  occurredAt: number;
  createdAt: number;
  /** Its first number in the feed: the order in which events came. */
  createdNo: number;
  changedAt: number;
  seq: number;
  version: number;
  account: number;
  fromPrefix: number;
  toPrefix: number;
  fromHost: number;
  toHost: number;
  source: number;
  relation: number;
  flags: number;
  state: EventState;
  body: string;
  /** Where its body is stored already; null: in its own row, or nowhere yet. */
  bodyAt: BodyPlace | null;
}

export function isCumulative({ flags }: Pick<Event, 'flags'>): boolean {
  return (flags & CUMULATIVE) !== 0;
}

/** What makes two events one (specification `events` §2, natural key); of a snapshot the time is no part. */
export function naturalKey(
  e: Pick<Event, 'source' | 'from' | 'relation' | 'to' | 'flags' | 'occurredAt'>,
): string {
  const time = isCumulative(e) ? 'c' : e.flags & GIVEN_TIME ? String(Math.floor(e.occurredAt / 1000)) : '';
  return `${e.source} ${e.from} ${e.relation} ${e.to} ${time}`;
}

/** 52 bits of a natural key: by which rows are found, and then compared in full. */
export function naturalHash(key: string): number {
  return Number.parseInt(hash('md5', key, 'hex').slice(0, 13), 16);
}

/** Subject, object, relation and source, whatever the time. */
export function pairKey(e: Pick<Event, 'source' | 'from' | 'relation' | 'to'>): string {
  return `${e.source} ${e.from} ${e.relation} ${e.to}`;
}

/** Whether an event says the same as another; of a snapshot, its value and time apart. */
export function saysTheSame(a: Event, b: Event): boolean {
  if (a.source !== b.source || a.relation !== b.relation || a.from !== b.from || a.to !== b.to) return false;
  if (((a.flags ^ b.flags) & (INVERSE | CUMULATIVE)) !== 0) return false;
  if (!isCumulative(a)) {
    if (a.total !== b.total || ((a.flags ^ b.flags) & GIVEN_TIME) !== 0) return false;
    if (a.flags & GIVEN_TIME && a.occurredAt !== b.occurredAt) return false;
  }
  return a.body === b.body || isDeepStrictEqual(readBody(a.body), readBody(b.body));
}
