/**
 * An ascending list of distinct integers that grows and shrinks in place. Most lists of a register have one member
 * (a name, an address), and those are the bare number: 100,000 records hold some 3 million of them.
 */
export type Postings = number | PostingsList;

interface PostingsList {
  data: Int32Array;
  length: number;
}

export function withInteger(list: Postings | undefined, value: number): Postings {
  if (list === undefined) return value;
  if (typeof list === 'number') {
    if (list === value) return list;
    const data = new Int32Array(4);
    data[0] = Math.min(list, value);
    data[1] = Math.max(list, value);
    return { data, length: 2 };
  }
  const at = position(list, value);
  if (at < list.length && list.data[at] === value) return list;
  if (list.length === list.data.length) {
    const grown = new Int32Array(list.length + (list.length >> 1) + 4);
    grown.set(list.data);
    list.data = grown;
  }
  if (at < list.length) list.data.copyWithin(at + 1, at, list.length);
  list.data[at] = value;
  list.length++;
  return list;
}

/** @returns undefined once the list is empty. */
export function withoutInteger(list: Postings | undefined, value: number): Postings | undefined {
  if (list === undefined || typeof list === 'number') return list === value ? undefined : list;
  const at = position(list, value);
  if (at >= list.length || list.data[at] !== value) return list;
  list.data.copyWithin(at, at + 1, list.length);
  list.length--;
  return list.length === 1 ? (list.data[0] ?? 0) : list;
}

export const sizeOf = (list: Postings | undefined): number =>
  list === undefined ? 0 : typeof list === 'number' ? 1 : list.length;

/** The members in ascending order; the array may be a view of the list: read it before the next change. */
export function integersOf(list: Postings | undefined): Int32Array {
  if (list === undefined) return none;
  if (typeof list === 'number') return Int32Array.of(list);
  return list.data.subarray(0, list.length);
}

const none = new Int32Array(0);

/**
 * The lists of many keys at once, by key, in time that does not depend on where in memory they lie: counted, then filled.
 * @param keys how many there are
 * @param each calls for every key and member, the members of a key in ascending order; it is called twice
 */
export function collect(
  keys: number,
  each: (see: (key: number, member: number) => void) => void,
): (Postings | undefined)[] {
  const ends = new Int32Array(keys);
  each((key) => {
    ends[key] = (ends[key] ?? 0) + 1;
  });
  let total = 0;
  for (let key = 0; key < keys; key++) {
    const count = ends[key] ?? 0;
    ends[key] = total;
    total += count;
  }
  const members = new Int32Array(total);
  each((key, member) => {
    const at = ends[key] ?? 0;
    members[at] = member;
    ends[key] = at + 1;
  });
  const lists: (Postings | undefined)[] = [];
  let start = 0;
  for (let key = 0; key < keys; key++) {
    const end = ends[key] ?? 0;
    const length = end - start;
    if (length < 2) lists.push(length === 0 ? undefined : members[start]);
    else lists.push({ data: members.subarray(start, end), length });
    start = end;
  }
  return lists;
}

function position(list: PostingsList, value: number): number {
  const { data, length } = list;
  // Records are mostly added at the end.
  if (length === 0 || (data[length - 1] ?? 0) < value) return length;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((data[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
