/** Four bytes for each deposit of a delivery, in its order: by which a waiting one is found among a backlog. */
export function itemKeysOf(ids: readonly string[]): Buffer {
  const keys = Buffer.alloc(4 * ids.length);
  for (const [index, id] of ids.entries()) keys.writeUInt32LE(keyOf(id), 4 * index);
  return keys;
}

/** Whether a delivery may hold the id; one in four billion others is taken for it. */
export function mayHold(keys: Uint8Array, id: string): boolean {
  const wanted = keyOf(id);
  const view = new DataView(keys.buffer, keys.byteOffset, keys.byteLength);
  for (let at = 0; at + 4 <= keys.byteLength; at += 4) if (view.getUint32(at, true) === wanted) return true;
  return false;
}

// The last digits: those of a UUIDv7 begin with the time.
const keyOf = (id: string): number => Number.parseInt(id.slice(28), 16);
