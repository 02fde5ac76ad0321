import { addDocument, type Collection, createCollection, documentAt, removeDocument } from './collection.ts';

/** The members of one list (of all records) as documents of their own, for `nested`. */
export interface MemberList {
  path: string;
  collection: Collection;
  /** Slots of the members by slot of the document that holds them. */
  slotsOf: (readonly number[] | undefined)[];
  /** Slot of the holder by slot of the member. */
  holders: number[];
  /** Lists inside the members. */
  members: MemberLists;
}

export type MemberLists = Map<string, MemberList>;

/** Lists asked for beyond this many are built for the one question only. */
const mostLists = 32;

export const createMemberList = (path: string, collection: Collection): MemberList => ({
  path,
  collection,
  slotsOf: [],
  holders: [],
  members: new Map(),
});

/** The list at a path, built on the first question about it and kept up from then on. */
export function memberListAt(lists: MemberLists, holder: Collection, path: string): MemberList {
  const known = lists.get(path);
  if (known !== undefined) return known;
  const list = createMemberList(path, createCollection());
  for (let slot = 0; slot < holder.documents.length; slot++) {
    const document = documentAt(holder, slot);
    if (document !== undefined) addMembers(list, slot, document);
  }
  if (lists.size < mostLists) lists.set(path, list);
  return list;
}

/** Follows a change of the document in a slot (undefined: it is gone). */
export function changeMembers(lists: MemberLists, slot: number, document: object | undefined): void {
  for (const list of lists.values()) {
    for (const member of list.slotsOf[slot] ?? []) {
      changeMembers(list.members, member, undefined);
      removeDocument(list.collection, member);
    }
    list.slotsOf[slot] = undefined;
    if (document !== undefined) addMembers(list, slot, document);
  }
}

function addMembers(list: MemberList, slot: number, document: object): void {
  const slots = membersOf(document, list.path).map((wrapped) => {
    const at = addDocument(list.collection, wrapped);
    list.holders[at] = slot;
    changeMembers(list.members, at, wrapped);
    return at;
  });
  if (slots.length > 0) list.slotsOf[slot] = slots;
}

/** The members of the list at a path of a document, as documents of their own. */
export function membersOf(document: object, path: string): object[] {
  const names = path.split('.');
  const members: object[] = [];
  collectMembers(document, names, 0, members);
  return members;
}

/** A member keeps its whole path, so that clauses name fields the same way inside and outside. */
const wrap = (names: readonly string[], member: object): object =>
  names.reduceRight<object>((inner, name) => ({ [name]: inner }), member);

/** @param depth how many of the names were gone down */
function collectMembers(value: unknown, names: readonly string[], depth: number, members: object[]): void {
  if (Array.isArray(value)) {
    for (const member of value) collectMembers(member, names, depth, members);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const name = names[depth];
  if (name === undefined) members.push(wrap(names, value));
  else if (Object.hasOwn(value, name)) {
    collectMembers((value as Record<string, unknown>)[name], names, depth + 1, members);
  }
}
