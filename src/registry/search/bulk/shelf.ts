/** JSON (UTF-8) of the documents that were read in bulk, in the pieces in which it came: no object for each of them. */
export interface Shelf {
  /** `first`: slot of the first document; `ends`: where in `json` each of them ends. */
  pieces: { first: number; json: Uint8Array; ends: Int32Array }[];
  documents: number;
}

export const createShelf = (): Shelf => ({ pieces: [], documents: 0 });

/** Puts documents on the shelf, for the next slots. */
export function shelve(shelf: Shelf, json: Uint8Array, ends: Int32Array): void {
  shelf.pieces.push({ first: shelf.documents, json, ends });
  shelf.documents += ends.length;
}

/** The JSON of a document as it was read. */
export function jsonAt({ pieces }: Shelf, slot: number): Uint8Array {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((pieces[middle]?.first ?? 0) <= slot) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  const at = slot - (piece?.first ?? 0);
  const end = piece?.ends[at];
  if (piece === undefined || end === undefined) throw new Error('a document is not where it was put');
  return piece.json.subarray(at === 0 ? 0 : piece.ends[at - 1], end);
}
