/**
 * Which values (by their numbers in the field's dictionary) each record has. Few fields are filled in most records, so
 * a column begins sparse and becomes an array by slot when it is more than an eighth full.
 */
export interface Column {
  /** By slot: 0 no value, n>0 the value n-1, n<0 the list that begins at `pool[-n-1]`. */
  dense: Int32Array | undefined;
  sparse: Map<number, number>;
  /** Lists of several values, each its length and then its members: a million lists of their own would be a burden. */
  pool: Int32Array;
  poolEnd: number;
  /** How much of it belongs to lists that are no more. */
  poolWaste: number;
  /** Records with a value. */
  filled: number;
}

export const createColumn = (): Column => ({
  dense: undefined,
  sparse: new Map(),
  pool: none,
  poolEnd: 0,
  poolWaste: 0,
  filled: 0,
});

const none = new Int32Array(0);

export const codeAt = (column: Column, slot: number): number =>
  column.dense === undefined ? (column.sparse.get(slot) ?? 0) : (column.dense[slot] ?? 0);

/** The values of a record in its own order. */
export function valuesAt(column: Column, slot: number): number[] {
  const code = codeAt(column, slot);
  if (code >= 0) return code === 0 ? [] : [code - 1];
  const values: number[] = [];
  const end = endOfList(column, code);
  for (let at = -code; at < end; at++) values.push(column.pool[at] ?? 0);
  return values;
}

/** Where in the pool the list ends that a code (below 0) stands for; it begins at `-code`. */
export const endOfList = ({ pool }: Column, code: number): number => (pool[-code - 1] ?? 0) - code;

/**
 * Sets the values of a record.
 * @param slots how many slots there are in all, for the choice of the form
 * @param from where they begin in `values`, and how many they are
 */
export function setValues(
  column: Column,
  slot: number,
  values: ArrayLike<number>,
  slots: number,
  from = 0,
  count = values.length,
): void {
  const before = codeAt(column, slot);
  if (before < 0) {
    column.poolWaste += 1 + (column.pool[-before - 1] ?? 0);
    // A list that is given up is not to be moved when room is made.
    store(column, slot, 0, slots);
  }
  let code = 0;
  if (count === 1) code = (values[from] ?? 0) + 1;
  else if (count > 1) code = addList(column, values, from, count);
  column.filled += (code === 0 ? 0 : 1) - (before === 0 ? 0 : 1);
  store(column, slot, code, slots);
}

function addList(column: Column, values: ArrayLike<number>, from: number, count: number): number {
  if (column.poolEnd + 1 + count > column.pool.length) makeRoom(column, 1 + count);
  const { pool, poolEnd } = column;
  pool[poolEnd] = count;
  for (let i = 0; i < count; i++) pool[poolEnd + 1 + i] = values[from + i] ?? 0;
  column.poolEnd = poolEnd + 1 + count;
  return -poolEnd - 1;
}

/** Makes room for so many numbers, first by closing gaps when half of the pool is gaps. */
function makeRoom(column: Column, more: number): void {
  const pack = column.poolWaste * 2 > column.poolEnd;
  const wanted = (pack ? column.poolEnd - column.poolWaste : column.poolEnd) + more;
  const pool = new Int32Array(wanted + (wanted >> 1) + 8);
  if (pack) {
    let end = 0;
    changeCodes(column, (code) => {
      if (code > 0) return code;
      const length = 1 + (column.pool[-code - 1] ?? 0);
      pool.set(column.pool.subarray(-code - 1, -code - 1 + length), end);
      end += length;
      return length - end - 1;
    });
    column.poolEnd = end;
    column.poolWaste = 0;
  } else pool.set(column.pool.subarray(0, column.poolEnd));
  column.pool = pool;
}

/** Replaces every code but 0. */
function changeCodes({ dense, sparse }: Column, change: (code: number) => number): void {
  if (dense === undefined) for (const [slot, code] of sparse) sparse.set(slot, change(code));
  else {
    for (let slot = 0; slot < dense.length; slot++) {
      const code = dense[slot] ?? 0;
      if (code !== 0) dense[slot] = change(code);
    }
  }
}

/** Gives back the room for more, which is kept while a column grows. */
export function trimColumn(column: Column): void {
  column.pool = column.pool.slice(0, column.poolEnd);
}

function store(column: Column, slot: number, code: number, slots: number): void {
  if (column.dense === undefined && column.filled > 64 && column.filled * 8 > slots) {
    column.dense = new Int32Array(Math.max(slots, slot + 1) + 64);
    for (const [at, value] of column.sparse) column.dense[at] = value;
    column.sparse = new Map();
  }
  if (column.dense === undefined) {
    if (code === 0) column.sparse.delete(slot);
    else column.sparse.set(slot, code);
    return;
  }
  if (slot >= column.dense.length) {
    const grown = new Int32Array(slot + (slot >> 1) + 64);
    grown.set(column.dense);
    column.dense = grown;
  }
  column.dense[slot] = code;
}

/** Every value of every record. In a column that was only ever filled in order of the records they come in that order. */
export function eachValue(column: Column, see: (slot: number, number: number) => void): void {
  const { dense, pool, sparse } = column;
  const tell = (slot: number, code: number) => {
    if (code > 0) see(slot, code - 1);
    else if (code < 0) {
      const end = endOfList(column, code);
      for (let at = -code; at < end; at++) see(slot, pool[at] ?? 0);
    }
  };
  if (dense !== undefined) for (let slot = 0; slot < dense.length; slot++) tell(slot, dense[slot] ?? 0);
  else for (const [slot, code] of sparse) tell(slot, code);
}
