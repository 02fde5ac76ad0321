import { type Bits, noBits } from '../bits.ts';
import type { Clause, FieldName } from '../clause.ts';
import type { Collection } from '../collection.ts';
import type { Field } from '../field.ts';
import type { Glob } from '../glob.ts';
import { type MemberList, type MemberLists, memberListAt } from '../members.ts';
import type { ReadModel } from '../read-model.ts';
import { startWork, type Work } from './work.ts';

/** Where a clause is evaluated: over the records, or (inside `nested`) over the members of a list. */
export interface Place {
  model: ReadModel;
  collection: Collection;
  lists: MemberLists;
  /** The list this place is inside of. */
  list: MemberList | undefined;
  parent: Place | undefined;
  /** What each clause matched, for this question. */
  matched: Map<Clause, Bits>;
  /** Terms by which clauses about `_all` found theirs. */
  terms: Map<Clause, number[]>;
  /** Terms that patterns and fuzzy words take. */
  scans: Map<Glob | string, number[]>;
  inner: Map<string, Place>;
  /** Of the whole question. */
  work: Work;
}

export const rootPlace = (model: ReadModel): Place => ({
  model,
  collection: model.collection,
  lists: model.members,
  list: undefined,
  parent: undefined,
  matched: new Map(),
  terms: new Map(),
  scans: new Map(),
  inner: new Map(),
  work: startWork(),
});

/** The place of the members at a path. */
export function placeAt(place: Place, path: string): Place {
  const known = place.inner.get(path);
  if (known !== undefined) return known;
  const list = memberListAt(place.lists, place.collection, path);
  const inner: Place = {
    model: place.model,
    collection: list.collection,
    lists: list.members,
    list,
    parent: place,
    matched: new Map(),
    terms: new Map(),
    scans: new Map(),
    inner: new Map(),
    work: place.work,
  };
  place.inner.set(path, inner);
  return inner;
}

export const emptyBits = (place: Place): Bits => noBits(place.collection.documents.length);

/** A fresh set of all documents. */
export const liveBits = (place: Place): Bits => place.collection.live.slice(0, emptyBits(place).length);

export const fieldOf = (place: Place, name: FieldName): Field | undefined =>
  place.collection.fields.get(name.path) ?? (name.whole ? place.collection.fields.get(name.name) : undefined);
