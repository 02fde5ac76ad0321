/**
 * Which values (by their numbers in the field's dictionary) each record has. Few fields are filled in most records, so
 * a column begins sparse and becomes an array by slot when it is more than an eighth full.
 */
export interface Column {
  /** By slot: 0 no value, n>0 the value n-1, n<0 the list `several[-n-1]`. */
  dense: Int32Array | undefined;
  sparse: Map<number, number>;
  several: (readonly number[])[];
  freeSeveral: number[];
  /** Records with a value. */
  filled: number;
}

export const createColumn = (): Column => ({
  dense: undefined,
  sparse: new Map(),
  several: [],
  freeSeveral: [],
  filled: 0,
});

export const codeAt = (column: Column, slot: number): number =>
  column.dense === undefined ? (column.sparse.get(slot) ?? 0) : (column.dense[slot] ?? 0);

export const valuesAt = (column: Column, slot: number): readonly number[] => {
  const code = codeAt(column, slot);
  if (code === 0) return none;
  return code > 0 ? [code - 1] : (column.several[-code - 1] ?? none);
};

const none: readonly number[] = [];

/** @param slots how many slots there are in all, for the choice of the form. */
export function setValues(column: Column, slot: number, values: readonly number[], slots: number): void {
  const before = codeAt(column, slot);
  if (before < 0) {
    column.several[-before - 1] = none;
    column.freeSeveral.push(-before - 1);
  }
  const [first = 0] = values;
  let code = 0;
  if (values.length === 1) code = first + 1;
  else if (values.length > 1) {
    const at = column.freeSeveral.pop() ?? column.several.length;
    column.several[at] = values;
    code = -at - 1;
  }
  column.filled += (code === 0 ? 0 : 1) - (before === 0 ? 0 : 1);
  store(column, slot, code, slots);
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
export function eachValue(
  { dense, several, sparse }: Column,
  see: (slot: number, number: number) => void,
): void {
  const tell = (slot: number, code: number) => {
    if (code > 0) see(slot, code - 1);
    else if (code < 0) for (const number of several[-code - 1] ?? none) see(slot, number);
  };
  if (dense !== undefined) for (let slot = 0; slot < dense.length; slot++) tell(slot, dense[slot] ?? 0);
  else for (const [slot, code] of sparse) tell(slot, code);
}
