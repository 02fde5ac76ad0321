import {
  addDocument,
  type Collection,
  createCollection,
  removeDocument,
  replaceDocument,
} from './collection.ts';
import { locationOf } from './location.ts';
import { changeMembers, type MemberLists } from './members.ts';

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
  slotOf: Map<string, number>;
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
  slotOf: new Map(),
  lat: new Float64Array(1024).fill(Number.NaN),
  lon: new Float64Array(1024).fill(Number.NaN),
  members: new Map(),
  changes: 0,
});

/** Takes a record in, or its newer form. The model keeps the object: do not change it afterwards. */
export function put(model: ReadModel, record: SearchRecord): void {
  const { collection } = model;
  const known = model.slotOf.get(record.id);
  const slot = known ?? addDocument(collection, record);
  if (known === undefined) model.slotOf.set(record.id, slot);
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
  removeDocument(model.collection, slot);
  model.slotOf.delete(id);
  model.lat[slot] = Number.NaN;
  model.lon[slot] = Number.NaN;
  changeMembers(model.members, slot, undefined);
  model.changes++;
  return true;
}

function longer(numbers: Float64Array, slot: number): Float64Array {
  const grown = new Float64Array(slot * 2).fill(Number.NaN);
  grown.set(numbers);
  return grown;
}
