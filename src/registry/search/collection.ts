import { type Bits, clearBit, noBits, setBit } from './bits.ts';
import { setValues } from './column.ts';
import { addRecord, createField, type Field, numberFor, removeRecord } from './field.ts';
import { createPaths, eachLeaf, type Paths } from './leaves.ts';
import type { Scalar } from './order.ts';
import { type Postings, withInteger, withoutInteger } from './postings.ts';
import { createTerms, type Terms } from './terms.ts';

/** Documents by slot with all that is needed to search them: the register, or the members of a list inside it. */
export interface Collection {
  terms: Terms;
  paths: Paths<Field>;
  fields: Map<string, Field>;
  /** Term number → records that hold it anywhere, as `slot * 128 + weight`. */
  all: (Postings | undefined)[];
  /** The documents; those that were read in bulk are kept elsewhere: ask `documentAt`. */
  documents: (object | typeof inBulk | undefined)[];
  /** Reads a document that was read in bulk; of such there are none before this is set. */
  readBulk(slot: number): object;
  free: number[];
  live: Bits;
  count: number;
  /** Scratch for the weights of one document, by term number. */
  scratch: Int32Array;
}

/** Stands for a document that was read in bulk. */
export const inBulk = Symbol('in bulk');

/** Weights in `_all` take the low 7 bits. */
export const heaviest = 127;

export function createCollection(): Collection {
  const paths = createPaths(createField(''));
  return {
    terms: createTerms(),
    paths,
    fields: paths.fields,
    all: [],
    documents: [],
    readBulk: () => ({}),
    free: [],
    live: noBits(1024),
    count: 0,
    scratch: new Int32Array(1024),
  };
}

/** The document in a slot. One of those read in bulk is read each time: few are asked for, and objects take four times the room. */
export function documentAt(collection: Collection, slot: number): object | undefined {
  const document = collection.documents[slot];
  return document === inBulk ? collection.readBulk(slot) : document;
}

/** Puts a document into a free slot. @returns the slot */
export function addDocument(collection: Collection, document: object): number {
  const slot = collection.free.pop() ?? collection.documents.length;
  if (slot >= collection.live.length * 32) {
    const grown = noBits(slot * 2);
    grown.set(collection.live);
    collection.live = grown;
  }
  setBit(collection.live, slot);
  collection.count++;
  change(collection, slot, undefined, document);
  return slot;
}

/** Only what differs between the two documents is touched. */
export function replaceDocument(collection: Collection, slot: number, document: object): void {
  change(collection, slot, documentAt(collection, slot), document);
}

export function removeDocument(collection: Collection, slot: number): void {
  change(collection, slot, documentAt(collection, slot), undefined);
  clearBit(collection.live, slot);
  collection.free.push(slot);
  collection.count--;
}

function change(
  collection: Collection,
  slot: number,
  before: object | undefined,
  after: object | undefined,
): void {
  const { terms } = collection;
  const old = valuesOf(collection, before);
  const oldWords = wordsOf(collection, old);
  const now = valuesOf(collection, after);
  changeWords(collection, slot, oldWords, wordsOf(collection, now));
  collection.documents[slot] = after;
  const slots = collection.documents.length;
  for (const [field, numbers] of now) {
    const had = old.get(field);
    if (had !== undefined && same(had, numbers)) continue;
    for (const number of numbers) if (!had?.includes(number)) addRecord(field, number, slot);
    setValues(field.column, slot, numbers, slots);
  }
  for (const [field, numbers] of old) {
    const kept = now.get(field);
    for (const number of numbers) {
      if (!kept?.includes(number)) removeRecord(field, terms, number, slot);
    }
    if (kept === undefined) setValues(field.column, slot, [], slots);
  }
}

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((number, i) => number === b[i]);

/** The distinct values of a document by field, as numbers in the field's dictionary, in order of the document. */
function valuesOf(collection: Collection, document: object | undefined): Map<Field, number[]> {
  const found = new Map<Field, number[]>();
  const sets = new Map<Field, Set<number>>();
  const see = (field: Field, value: Scalar) => {
    const number = numberFor(field, collection.terms, value);
    const list = found.get(field);
    if (list === undefined) {
      found.set(field, [number]);
      return;
    }
    // Lists are short but for admin data of strangers: a set where looking through would be quadratic.
    let set = sets.get(field);
    if (set === undefined && list.length >= 16) {
      set = new Set(list);
      sets.set(field, set);
    }
    if (set === undefined ? list.includes(number) : set.has(number)) return;
    list.push(number);
    set?.add(number);
  };
  eachLeaf(collection.paths, document, createField, see);
  return found;
}

interface Words {
  terms: number[];
  weights: number[];
}

/** The terms of a document with their weights in `_all`. */
function wordsOf(collection: Collection, values: ReadonlyMap<Field, readonly number[]>): Words {
  const { texts } = collection.terms;
  if (collection.scratch.length < texts.length) collection.scratch = new Int32Array(texts.length * 2);
  const { scratch } = collection;
  const terms: number[] = [];
  for (const [field, numbers] of values) {
    if (field.weight === 0) continue;
    const { lengths, pool, starts, weight } = field;
    for (const number of numbers) {
      const start = starts[number] ?? 0;
      const end = start + (lengths[number] ?? 0);
      for (let at = start; at < end; at++) {
        const term = pool[at] ?? 0;
        const before = scratch[term] ?? 0;
        if (before === 0) terms.push(term);
        scratch[term] = before + weight;
      }
    }
  }
  const weights = terms.map((term) => Math.min(heaviest, scratch[term] ?? 0));
  for (const term of terms) scratch[term] = 0;
  return { terms, weights };
}

function changeWords(collection: Collection, slot: number, old: Words, now: Words): void {
  const { all, scratch } = collection;
  for (let i = 0; i < old.terms.length; i++) scratch[old.terms[i] ?? 0] = old.weights[i] ?? 0;
  for (let i = 0; i < now.terms.length; i++) {
    const term = now.terms[i] ?? 0;
    const weight = now.weights[i] ?? 0;
    // What stays as it was is crossed off, and so not taken out below.
    if (scratch[term] === weight) scratch[term] = 0;
    else all[term] = withInteger(all[term], slot * 128 + weight);
  }
  for (let i = 0; i < old.terms.length; i++) {
    const term = old.terms[i] ?? 0;
    if (scratch[term] === 0) continue;
    all[term] = withoutInteger(all[term], slot * 128 + (scratch[term] ?? 0));
    scratch[term] = 0;
  }
}
