import { noBits, setBit } from '../bits.ts';
import { type Collection, createCollection, heaviest, inBulk } from '../collection.ts';
import { eachValue, setValues, trimColumn } from '../column.ts';
import { createField, type Field, takeValue } from '../field.ts';
import type { PathNode } from '../leaves.ts';
import { collect } from '../postings.ts';
import type { Digest, DigestEnd } from './digest.ts';

/** A collection while digests are taken in. It can be searched when `complete` was called, and changed from then on. */
export interface Building {
  collection: Collection;
  /** By number. */
  fields: Field[];
  /** Terms of the documents with `slot * 128 + weight`, of each digest. */
  words: { terms: Int32Array; packed: Int32Array }[];
}

export function beginBuilding(): Building {
  const collection = createCollection();
  return { collection, fields: [collection.paths.overflow], words: [] };
}

/** Room for the terms of the documents of one digest, used by one call at a time. */
let terms = new Int32Array(1 << 16);
let packed = new Int32Array(1 << 16);

/** Takes documents in, which get the next slots. @param documents how many the digest is of */
export function takeDigest(building: Building, digest: Digest, documents: number): void {
  const { collection } = building;
  takeValues(building, digest);
  makeRoom(collection, documents);
  const { data } = digest;
  let at = 0;
  let words = 0;
  for (let left = documents; left > 0; left--) {
    const slots = collection.documents.push(inBulk);
    const slot = slots - 1;
    const began = at;
    for (let fields = data[at++] ?? 0; fields > 0; fields--) {
      const field = fieldAt(building, data[at++] ?? 0);
      const count = data[at++] ?? 0;
      setValues(field.column, slot, data, slots, at, count);
      at += count;
    }
    words = takeWords(building, data, began, slot, words);
    setBit(collection.live, slot);
  }
  collection.count += documents;
  building.words.push({ terms: terms.slice(0, words), packed: packed.slice(0, words) });
}

function takeValues({ collection, fields }: Building, digest: Digest): void {
  for (const { number, path, values } of digest.fields) {
    let field = fields[number];
    if (field === undefined) {
      field = createField(path);
      fields[number] = field;
      collection.fields.set(path, field);
    }
    for (const value of values) takeValue(field, collection.terms, field.values.length, value);
  }
}

function makeRoom(collection: Collection, more: number): void {
  const slots = collection.documents.length + more;
  if (slots > collection.live.length * 32) {
    const grown = noBits(slots * 2);
    grown.set(collection.live);
    collection.live = grown;
  }
  const known = collection.terms.texts.length;
  if (collection.scratch.length < known) collection.scratch = new Int32Array(known * 2);
}

/** Notes each term of a document once, with its weight in `_all`. @returns how many are noted now */
function takeWords(building: Building, data: Int32Array, began: number, slot: number, noted: number): number {
  const { scratch } = building.collection;
  let at = began;
  let words = noted;
  for (let left = data[at++] ?? 0; left > 0; left--) {
    const { weight, pool, starts, lengths } = fieldAt(building, data[at++] ?? 0);
    const count = data[at++] ?? 0;
    for (const end = at + count; at < end; at++) {
      if (weight === 0) continue;
      const number = data[at] ?? 0;
      const start = starts[number] ?? 0;
      const stop = start + (lengths[number] ?? 0);
      if (words + stop - start > terms.length) growRoom(words + stop - start);
      for (let i = start; i < stop; i++) {
        const term = pool[i] ?? 0;
        const before = scratch[term] ?? 0;
        if (before === 0) terms[words++] = term;
        scratch[term] = before + weight;
      }
    }
  }
  for (let i = noted; i < words; i++) {
    const term = terms[i] ?? 0;
    packed[i] = slot * 128 + Math.min(heaviest, scratch[term] ?? 0);
    scratch[term] = 0;
  }
  return words;
}

function growRoom(needed: number): void {
  const longer = (list: Int32Array) => {
    const grown = new Int32Array(needed * 2);
    grown.set(list);
    return grown;
  };
  terms = longer(terms);
  packed = longer(packed);
}

function fieldAt({ fields }: Building, number: number): Field {
  const field = fields[number];
  if (field === undefined) throw new Error('a digest names a field that it does not give');
  return field;
}

/** Makes the collection one like any other: who has which value and which word, paths, dictionaries. */
export function complete({ collection, fields, words }: Building, end: DigestEnd): Collection {
  for (const [number, dictionary] of end.dictionaries.entries()) {
    const field = fields[number];
    if (field === undefined) continue;
    field.dictionary = dictionary;
    trimColumn(field.column);
    field.records = collect(field.values.length, (see) =>
      eachValue(field.column, (slot, number) => see(number, slot)),
    );
  }
  collection.all = collect(collection.terms.texts.length, (see) => {
    for (const { terms, packed } of words) {
      for (let i = 0; i < terms.length; i++) see(terms[i] ?? 0, packed[i] ?? 0);
    }
  });
  plantPaths(collection, fields, end);
  return collection;
}

function plantPaths(collection: Collection, fields: readonly Field[], end: DigestEnd): void {
  const { paths } = collection;
  const nodes: PathNode<Field>[] = [];
  for (const [at, name] of end.names.entries()) {
    const parent = nodes[end.parents[at] ?? -1] ?? paths.root;
    const path = parent.path === '' ? name : `${parent.path}.${name}`;
    const number = end.fields[at] ?? -1;
    const node = { path, children: new Map(), field: number < 0 ? undefined : fields[number] };
    parent.children.set(name, node);
    nodes.push(node);
  }
  paths.count = nodes.length;
}
