import { CUMULATIVE, type Event, HELD, isCumulative, naturalKey, pairKey, saysTheSame } from './event.ts';
import { bodyOfTombstone } from './kept-body.ts';
import { type Observation, observe } from './observations.ts';
import type { Outcome } from './outcomes.ts';

/** What a deposit says its event is; numbers and times that only applying knows are absent. */
export type Statement = Omit<
  Event,
  'changeNo' | 'createdAt' | 'createdNo' | 'changedAt' | 'seq' | 'version' | 'state'
>;

/** Where and when a deposit is applied. */
export interface Place {
  seq: number;
  /** From 1. */
  position: number;
  processedAt: number;
  account: number;
  /** May change events of other accounts. */
  isOperator: boolean;
}

export interface Result {
  outcome: Outcome;
  /** The event that counts in its place. */
  other?: string;
  reason?: string;
  /** The database refused it. */
  isSetAside?: boolean;
}

/** A decrease that was held, or is no more. */
export interface HoldChange {
  kind: 'held' | 'resolved' | 'confirmed';
  event: Event;
  from: number;
  to: number;
  place: Place;
}

export interface Loaded {
  events: readonly Event[];
  /** Of cumulative events: the latest confirmed and all held observations. */
  observations: ReadonlyMap<string, Observation[]>;
  changeNo: number;
  /** Whether `idsOfPair` will be asked. */
  findsPairs: boolean;
}

/**
 * The events that some deposits are about, in memory: deposits are taken one after the other, and afterwards the
 * difference is written. Pure: it knows no database and no clock.
 */
export function createLedger(loaded: Loaded) {
  const before = new Map<string, Event>();
  const now = new Map<string, Event>();
  const live = new Map<string, string>();
  const pairs = new Map<string, Set<string>>();
  const observations = new Map<string, Observation[]>();
  const observed = new Map<string, Observation[]>();
  const versions: Event[] = [];
  const wiped = new Set<string>();
  /** Events whose series began anew. */
  const reset = new Set<string>();
  const holds: HoldChange[] = [];
  let changeNo = loaded.changeNo;

  for (const event of loaded.events) {
    before.set(event.id, event);
    put(event);
  }
  for (const [id, list] of loaded.observations) observations.set(id, list);

  /** Puts an event where it is found, and takes what it was before away. */
  function put(event: Event, key = naturalKey(event)): void {
    const old = now.get(event.id);
    if (old !== undefined && live.get(naturalKey(old)) === event.id) live.delete(naturalKey(old));
    now.set(event.id, event);
    if (event.state === 'l') live.set(key, event.id);
    if (!loaded.findsPairs) return;
    const pair = pairKey(event);
    const ids = pairs.get(pair);
    if (ids === undefined) pairs.set(pair, new Set([event.id]));
    else ids.add(event.id);
  }

  function change(event: Event, place: Place, next: Partial<Event>): Event {
    versions.push(event);
    const changed = {
      ...event,
      ...next,
      version: event.version + 1,
      changeNo: ++changeNo,
      changedAt: place.processedAt,
      seq: place.seq,
    };
    put(changed);
    return changed;
  }

  function ownerOf(event: Statement, key = naturalKey(event)): string | undefined {
    const owner = live.get(key);
    return owner === event.id ? undefined : owner;
  }

  function isForeign(event: Event, place: Place): boolean {
    return event.account !== place.account && !place.isOperator;
  }

  function observeValue(event: Event, statement: Statement, place: Place): 'held' | Event | null {
    const known = observations.get(event.id) ?? [];
    const number = place.seq * 16_384 + place.position;
    const seen = observe(known, { at: statement.occurredAt, no: number, value: statement.total });
    const replaced = new Set(seen.stored.map(({ no }) => no));
    observations.set(event.id, [...known.filter(({ no }) => !replaced.has(no)), ...seen.stored]);
    observed.set(event.id, [...(observed.get(event.id) ?? []), ...seen.stored]);
    const note = (kind: HoldChange['kind']): void => {
      holds.push({ kind, event, from: event.total, to: statement.total, place });
    };
    if (seen.hold !== null && (seen.hold !== 'held' || seen.stored.length > 0)) note(seen.hold);
    const flags =
      seen.hold === 'held' ? event.flags | HELD : seen.hold === null ? event.flags : event.flags & ~HELD;
    if (flags !== event.flags) put({ ...event, flags });
    if (seen.hold === 'held') return 'held';
    if (seen.value === null) return null;
    const current = now.get(event.id) ?? event;
    return { ...current, total: seen.value, occurredAt: statement.occurredAt };
  }

  /** The first observation of a series. */
  function begin({ id, occurredAt, total }: Statement, place: Place): void {
    const no = place.seq * 16_384 + place.position;
    const first: Observation = { at: occurredAt, no, value: total, state: 'c' };
    observations.set(id, [first]);
    observed.set(id, [first]);
    if (before.has(id)) reset.add(id);
  }

  function add(statement: Statement, place: Place): Result {
    const key = naturalKey(statement);
    const owner = ownerOf(statement, key);
    if (owner !== undefined) return { outcome: 'duplicate', other: owner };
    const event: Event = {
      ...statement,
      changeNo: ++changeNo,
      createdAt: place.processedAt,
      createdNo: changeNo,
      changedAt: place.processedAt,
      seq: place.seq,
      version: 1,
      state: 'l',
    };
    put(event, key);
    if (statement.flags & CUMULATIVE) {
      begin(statement, place);
    }
    return { outcome: 'added' };
  }

  function edit(event: Event, statement: Statement, place: Place): Result {
    const isSeries =
      isCumulative(event) && isCumulative(statement) && naturalKey(event) === naturalKey(statement);
    let next: Statement = { ...statement, account: event.account };
    if (isSeries && event.state === 'l') {
      const seen = observeValue(event, statement, place);
      if (seen === 'held') return { outcome: 'held' };
      const current = now.get(event.id) ?? event;
      next = {
        ...next,
        total: seen?.total ?? current.total,
        occurredAt: seen?.occurredAt ?? current.occurredAt,
        flags: (next.flags & ~HELD) | (current.flags & HELD),
      };
      if (seen === null && saysTheSame(current, { ...current, ...next })) return { outcome: 'unchanged' };
    } else if (event.state === 'l' && saysTheSame(event, { ...event, ...next })) {
      return { outcome: 'unchanged' };
    } else if (statement.flags & CUMULATIVE) {
      begin(statement, place);
    }
    const owner = ownerOf(next);
    if (owner !== undefined) {
      if (event.state !== 'm') change(event, place, { ...next, state: 'm' });
      return { outcome: 'duplicate', other: owner };
    }
    change(now.get(event.id) ?? event, place, { ...next, state: 'l' });
    return { outcome: 'edited' };
  }

  function remove(event: Event, place: Place): Result {
    if (isForeign(event, place)) return { outcome: 'failed', reason: 'the event belongs to another account' };
    if (event.state === 'd') return { outcome: 'unchanged' };
    const body = bodyOfTombstone(event.body);
    change(event, place, { state: 'd', body, bodyAt: null, flags: event.flags & ~HELD });
    wiped.add(event.id);
    return { outcome: 'deleted' };
  }

  function revive(event: Event, place: Place): Result {
    if (isForeign(event, place)) return { outcome: 'failed', reason: 'the event belongs to another account' };
    if (event.state === 'l') return { outcome: 'unchanged' };
    const owner = ownerOf(event);
    if (owner !== undefined) return { outcome: 'duplicate', other: owner };
    change(event, place, { state: 'l' });
    return { outcome: 'restored' };
  }

  return {
    /** `create`: adds an event, or replaces what it says. */
    create(statement: Statement, place: Place): Result {
      const event = now.get(statement.id);
      if (event === undefined) return add(statement, place);
      if (isForeign(event, place))
        return { outcome: 'failed', reason: 'the event belongs to another account' };
      if (event.state === 'd') return { outcome: 'ignored_deleted' };
      return edit(event, statement, place);
    },

    delete(id: string, place: Place): Result {
      const event = now.get(id);
      return event === undefined ? { outcome: 'not_found' } : remove(event, place);
    },

    restore(id: string, place: Place): Result {
      const event = now.get(id);
      return event === undefined ? { outcome: 'not_found' } : revive(event, place);
    },

    /** Own events of a pair: at one time, or (null) at any. */
    idsOfPair(
      pair: Pick<Event, 'source' | 'from' | 'relation' | 'to'>,
      time: number | null,
      place: Place,
      state: 'l' | 'd',
    ): string[] {
      const found = [...(pairs.get(pairKey(pair)) ?? [])].filter((id) => {
        const event = now.get(id);
        return (
          event !== undefined &&
          event.state === state &&
          pairKey(event) === pairKey(pair) &&
          (time === null || isCumulative(event) || event.occurredAt === time) &&
          event.account === place.account
        );
      });
      return found.sort();
    },

    event: (id: string): Event | undefined => now.get(id),

    /** Takes the value that was held, or gives it up (an operator's word). */
    settleHold(id: string, word: 'confirm' | 'reject', place: Place): void {
      const event = now.get(id);
      if (event === undefined || (event.flags & HELD) === 0) return;
      const held = (observations.get(id) ?? []).filter(({ state }) => state === 'h');
      const state = word === 'confirm' ? ('c' as const) : ('r' as const);
      observed.set(id, [...(observed.get(id) ?? []), ...held.map((one) => ({ ...one, state }))]);
      const last = held.sort((a, b) => a.at - b.at || a.no - b.no).at(-1);
      const flags = event.flags & ~HELD;
      if (word === 'confirm' && last !== undefined)
        change(event, place, { flags, total: last.value, occurredAt: last.at });
      else put({ ...event, flags });
    },

    /** What is to be written. */
    difference() {
      const changed = [...now.values()].filter((event) => before.get(event.id) !== event);
      return { before, changed, versions, wiped, reset, observed, holds, changeNo };
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
