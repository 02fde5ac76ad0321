import type { Event } from './event.ts';

// Lists of the feed: for each source, relation, account, DOI prefix, host and day the numbers of its changes, in rows of a few
// hundred. They take a twentieth of what an index of each takes, and a page of any of them reads a row or two. A number whose
// event has changed since stays in its lists and leads nowhere.

/** s = source, r = relation, a = account, p = prefix of either end, h = host of either end, d = day on which it occurred. */
export type ListKind = 's' | 'r' | 'a' | 'p' | 'h' | 'd';

export interface ListRow {
  kind: ListKind;
  id: number;
  first: number;
  last: number;
  numbers: number[];
}

/** Numbers of one row. */
const MOST_NUMBERS = 400;
/** A row of fewer goes on with the next numbers; of more it would be written too often. */
export const FEW_NUMBERS = 100;
/** From one number of a row to the next: two bytes with a sign. */
export const LONGEST_STEP = 32_767;

type Placed = Pick<
  Event,
  | 'changeNo'
  | 'occurredAt'
  | 'source'
  | 'relation'
  | 'account'
  | 'fromPrefix'
  | 'toPrefix'
  | 'fromHost'
  | 'toHost'
>;

const DAY = 86_400_000;
/** Of 1970-01-01; the first that an event may have, in 1900, has a number above none. */
const FIRST_DAY = 40_000;

/** The number of the day of a time. */
export function dayOf(at: number): number {
  return FIRST_DAY + Math.floor(at / DAY);
}

type NumberList = Pick<ListRow, 'kind' | 'id' | 'numbers'>;

/** The numbers that some changes, in their order, add to each list. */
export function numbersOfLists(changes: readonly Placed[]): Record<ListKind, Map<number, NumberList>> {
  const lists: Record<ListKind, Map<number, NumberList>> = {
    s: new Map(),
    r: new Map(),
    a: new Map(),
    p: new Map(),
    h: new Map(),
    d: new Map(),
  };
  const add = (kind: ListKind, id: number, no: number): void => {
    if (id === 0) return;
    const list = lists[kind].get(id);
    if (list === undefined) lists[kind].set(id, { kind, id, numbers: [no] });
    else if (list.numbers.at(-1) !== no) list.numbers.push(no);
  };
  for (const e of changes) {
    add('s', e.source, e.changeNo);
    add('r', e.relation, e.changeNo);
    add('a', e.account, e.changeNo);
    add('p', e.fromPrefix, e.changeNo);
    add('p', e.toPrefix, e.changeNo);
    add('h', e.fromHost, e.changeNo);
    add('h', e.toHost, e.changeNo);
    add('d', dayOf(e.occurredAt), e.changeNo);
  }
  return lists;
}

/** Ascending numbers of one list in rows. */
export function rowsOf({ kind, id, numbers }: NumberList): ListRow[] {
  const rows: ListRow[] = [];
  let row: ListRow | null = null;
  for (const no of numbers) {
    if (row === null || row.numbers.length === MOST_NUMBERS || no - row.last > LONGEST_STEP) {
      row = { kind, id, first: no, last: no, numbers: [] };
      rows.push(row);
    }
    row.numbers.push(no);
    row.last = no;
  }
  return rows;
}

/** The steps from one number to the next, from the first on, in two bytes each. */
export function stepsOf({ first, numbers }: Pick<ListRow, 'first' | 'numbers'>): Buffer {
  const steps = Buffer.allocUnsafe(2 * numbers.length);
  let last = first;
  for (const [index, no] of numbers.entries()) {
    steps.writeInt16BE(no - last, 2 * index);
    last = no;
  }
  return steps;
}

export function numbersOf(first: number, steps: Buffer): number[] {
  const numbers: number[] = [];
  let no = first;
  for (let at = 0; at < steps.length; at += 2) {
    no += steps.readInt16BE(at);
    numbers.push(no);
  }
  return numbers;
}
