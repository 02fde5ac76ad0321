import { type Event, INVERSE, MOST_SOURCES } from './event.ts';

/** What the feed counts by: all of a source (*), and within a source by relation, account, DOI prefix and host. */
export type CountKind = '*' | 'r' | 'a' | 'p' | 'h';

export interface CountMove {
  kind: CountKind;
  /** Of a relation negative where it was deposited in its inverse form; 0 for all. */
  id: number;
  source: number;
  live: number;
  gone: number;
}

/** How the numbers of events move with some that changed. */
export function movesOfCounts(before: ReadonlyMap<string, Event>, changed: readonly Event[]): CountMove[] {
  const moves = { '*': new Map(), r: new Map(), a: new Map(), p: new Map(), h: new Map() } as Record<
    CountKind,
    Map<number, CountMove>
  >;
  const move = (kind: CountKind, id: number, { source, state }: Event, by: number): void => {
    if (id === 0 && kind !== '*') return;
    const key = id * MOST_SOURCES + source;
    let one = moves[kind].get(key);
    if (one === undefined) {
      one = { kind, id, source, live: 0, gone: 0 };
      moves[kind].set(key, one);
    }
    if (state === 'l') one.live += by;
    else one.gone += by;
  };
  const take = (event: Event, by: number): void => {
    move('*', 0, event, by);
    move('r', event.flags & INVERSE ? -event.relation : event.relation, event, by);
    move('a', event.account, event, by);
    // An event is counted once by what both of its ends have.
    move('p', event.fromPrefix, event, by);
    if (event.toPrefix !== event.fromPrefix) move('p', event.toPrefix, event, by);
    move('h', event.fromHost, event, by);
    if (event.toHost !== event.fromHost) move('h', event.toHost, event, by);
  };
  for (const event of changed) {
    const old = before.get(event.id);
    if (old !== undefined) take(old, -1);
    take(event, 1);
  }
  return Object.values(moves)
    .flatMap((kind) => [...kind.values()])
    .filter(({ live, gone }) => live !== 0 || gone !== 0);
}
