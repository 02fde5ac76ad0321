/** Room to count in, kept from facet to facet: zeroing a large dictionary's counts costs more than counting few records. */
let counts = new Int32Array(1024);
let room = new Int32Array(1024);

/** So many zeros, to be given back before the next are borrowed. */
export function borrowCounts(size: number): Int32Array<ArrayBuffer> {
  if (counts.length < size) counts = new Int32Array(size + (size >> 2));
  return counts.subarray(0, size);
}

/** So many integers of any value. */
export function borrowRoom(size: number): Int32Array<ArrayBuffer> {
  if (room.length < size) room = new Int32Array(size + (size >> 2));
  return room.subarray(0, size);
}

/** @param used the places that are not zero; null: any may be. */
export function giveBack(borrowed: Int32Array, used: Int32Array | null): void {
  if (used === null) borrowed.fill(0);
  else for (let i = 0; i < used.length; i++) borrowed[used[i] ?? 0] = 0;
}
