import { createShelf, jsonAt, type Shelf } from './bulk/shelf.ts';
import {
  addDocument,
  type Collection,
  createCollection,
  documentAt,
  inBulk,
  removeDocument,
  replaceDocument,
} from './collection.ts';
import { locationOf } from './location.ts';
import { changeMembers, type MemberLists } from './members.ts';
import { sizeOf } from './postings.ts';

/** A record as stored: the whole JSON of the register's record. */
export interface SearchRecord {
  id: string;
  created_date?: string;
  last_updated?: string;
  version_created?: string;
  ver?: number;
  register?: object;
  admin?: object;
}

/** The register in memory, always as of the last `put` or `remove`. */
export interface ReadModel {
  collection: Collection;
  /** The records that were read in bulk, as long as they are what they were then. */
  shelf: Shelf;
  slotOf: Map<string, number>;
  /** Ids in order, as of when somebody asked last, and those that came since. */
  idOrder: { sorted: readonly string[]; added: string[] };
  /** Degrees by slot, NaN without a location. */
  lat: Float64Array;
  lon: Float64Array;
  members: MemberLists;
  /** Grows with each change: an ETag of answers may be built from it. */
  changes: number;
}

/** An empty read model. */
export const createReadModel = (): ReadModel => ({
  collection: createCollection(),
  shelf: createShelf(),
  slotOf: new Map(),
  idOrder: { sorted: [], added: [] },
  lat: new Float64Array(1024).fill(Number.NaN),
  lon: new Float64Array(1024).fill(Number.NaN),
  members: new Map(),
  changes: 0,
});

/** Takes a record in, or its newer form. The model keeps the object: do not change it afterwards. */
export function put(model: ReadModel, record: SearchRecord): void {
  const { collection } = model;
  const known = model.slotOf.get(record.id);
  // Members may be known from the record only as it was: they go first.
  if (known !== undefined) changeMembers(model.members, known, undefined);
  const slot = known ?? addDocument(collection, record);
  if (known === undefined) addId(model, record.id, slot);
  else replaceDocument(collection, slot, record);
  if (slot >= model.lat.length) {
    model.lat = longer(model.lat, slot);
    model.lon = longer(model.lon, slot);
  }
  const point = locationOf(record);
  model.lat[slot] = point?.lat ?? Number.NaN;
  model.lon[slot] = point?.lon ?? Number.NaN;
  changeMembers(model.members, slot, record);
  model.changes++;
}

/** @returns false when there is no such record. */
export function remove(model: ReadModel, id: string): boolean {
  const slot = model.slotOf.get(id);
  if (slot === undefined) return false;
  changeMembers(model.members, slot, undefined);
  removeDocument(model.collection, slot);
  model.slotOf.delete(id);
  model.idOrder = { sorted: [], added: [...model.slotOf.keys()] };
  model.lat[slot] = Number.NaN;
  model.lon[slot] = Number.NaN;
  model.changes++;
  return true;
}

export function addId({ slotOf, idOrder }: ReadModel, id: string, slot: number): void {
  slotOf.set(id, slot);
  idOrder.added.push(id);
}

/** The ids of all records, ascending. The list is not changed by what comes later. */
export function idsInOrder(model: ReadModel): readonly string[] {
  const { sorted, added } = model.idOrder;
  // Sorting what is nearly sorted takes a walk: some milliseconds for 100,000.
  if (added.length > 0) model.idOrder = { sorted: [...sorted, ...added].sort(), added: [] };
  return model.idOrder.sorted;
}

/** How many records have each value at a path; a number is told as its text. */
export function valuesInUse({ collection }: ReadModel, path: string): Map<string, number> {
  const counts = new Map<string, number>();
  const { records = [], values = [] } = collection.fields.get(path) ?? {};
  for (const [number, value] of values.entries()) {
    if (value === undefined) continue;
    const text = String(value);
    counts.set(text, (counts.get(text) ?? 0) + sizeOf(records[number]));
  }
  return counts;
}

/** A record as it is now; null when there is none. */
export function recordOf({ collection, slotOf }: ReadModel, id: string): object | null {
  const slot = slotOf.get(id);
  return slot === undefined ? null : (documentAt(collection, slot) ?? null);
}

/** The JSON (UTF-8) of a record as it is now; null when there is none. */
export function jsonOf({ collection, shelf, slotOf }: ReadModel, id: string): Uint8Array | null {
  const slot = slotOf.get(id);
  const document = slot === undefined ? undefined : collection.documents[slot];
  if (slot === undefined || document === undefined) return null;
  return document === inBulk ? jsonAt(shelf, slot) : utf8.encode(JSON.stringify(document));
}

const utf8 = new TextEncoder();

function longer(numbers: Float64Array, slot: number): Float64Array {
  const grown = new Float64Array(slot * 2).fill(Number.NaN);
  grown.set(numbers);
  return grown;
}
