import { addNumber, createDictionary, type Dictionary, hashOf, numberOf } from '../dictionary.ts';
import { createPaths, eachLeaf, type PathNode, type Paths } from '../leaves.ts';
import type { Scalar } from '../order.ts';

/** Some documents with their values as numbers, and the values that are new with them. Can be sent to another thread. */
export interface Digest {
  /** Fields with new values: these follow those that the field had before, in order of their numbers. */
  fields: { number: number; path: string; values: Scalar[] }[];
  /** For each document how many fields it has; for each of these its number, how many values, and their numbers. */
  data: Int32Array<ArrayBuffer>;
}

/** What is known when all documents were digested. */
export interface DigestEnd {
  /** By field number. */
  dictionaries: Dictionary[];
  /** The tree of paths; parents (-1: the root) come before their children. A node without a field has -1. */
  names: string[];
  parents: Int32Array;
  fields: Int32Array;
}

interface FieldDigest {
  number: number;
  path: string;
  dictionary: Dictionary;
  values: Scalar[];
  /** How many of the values were handed on. */
  handed: number;
  /** Numbers of the values of the document at hand: the first `count`. */
  own: number[];
  count: number;
  /** The same, when they are many. */
  seen: Set<number> | null;
}

/** The field of values beyond the limit of paths; has to be there before any other. */
export const overflowNumber = 0;

/** Reads documents into numbers; the half of building a collection that another thread can do. */
export interface Digester {
  paths: Paths<FieldDigest>;
  fields: FieldDigest[];
  data: Int32Array<ArrayBuffer>;
  end: number;
  /** Fields of the document at hand. */
  touched: FieldDigest[];
}

export function createDigester(): Digester {
  const overflow = createFieldDigest(overflowNumber, '');
  const data = new Int32Array(1 << 16);
  return { paths: createPaths(overflow), fields: [overflow], data, end: 0, touched: [] };
}

const createFieldDigest = (number: number, path: string): FieldDigest => ({
  number,
  path,
  dictionary: createDictionary(),
  values: [],
  handed: 0,
  own: [],
  count: 0,
  seen: null,
});

export function digest(digester: Digester, document: object): void {
  const { fields, touched } = digester;
  const create = (path: string) => {
    const field = createFieldDigest(fields.length, path);
    fields.push(field);
    return field;
  };
  eachLeaf(digester.paths, document, create, (field, value) => {
    const number = numberFor(field, value);
    if (field.count === 0) touched.push(field);
    else if (isKnown(field, number)) return;
    field.own[field.count++] = number;
  });
  write(digester);
}

function numberFor({ dictionary, values }: FieldDigest, value: Scalar): number {
  const hash = hashOf(value);
  const known = numberOf(dictionary, values, value, hash);
  if (known >= 0) return known;
  addNumber(dictionary, values.length, hash);
  return values.push(value) - 1;
}

/** Lists are short but for admin data of strangers: a set where looking through would be quadratic. */
function isKnown(field: FieldDigest, number: number): boolean {
  const { count, own } = field;
  if (count < 16) {
    for (let i = 0; i < count; i++) if (own[i] === number) return true;
    return false;
  }
  field.seen ??= new Set(own.slice(0, count));
  if (field.seen.has(number)) return true;
  field.seen.add(number);
  return false;
}

function write(digester: Digester): void {
  const { touched } = digester;
  let needed = 1;
  for (const { count } of touched) needed += 2 + count;
  if (digester.end + needed > digester.data.length) {
    const grown = new Int32Array((digester.end + needed) * 2);
    grown.set(digester.data);
    digester.data = grown;
  }
  const { data } = digester;
  let at = digester.end;
  data[at++] = touched.length;
  for (const field of touched) {
    data[at++] = field.number;
    data[at++] = field.count;
    for (let i = 0; i < field.count; i++) data[at++] = field.own[i] ?? 0;
    field.count = 0;
    field.seen = null;
  }
  digester.end = at;
  touched.length = 0;
}

/** What was digested since this was called last. */
export function handOver(digester: Digester): Digest {
  const data = digester.data.slice(0, digester.end);
  digester.end = 0;
  const fields: Digest['fields'] = [];
  for (const field of digester.fields) {
    if (field.handed === field.values.length) continue;
    fields.push({ number: field.number, path: field.path, values: field.values.slice(field.handed) });
    field.handed = field.values.length;
  }
  return { fields, data };
}

/** What remains to be told; the digester is of no use any more. */
export function endOf(digester: Digester): DigestEnd {
  const names: string[] = [];
  const parents: number[] = [];
  const fields: number[] = [];
  const visit = (node: PathNode<FieldDigest>, parent: number) => {
    for (const [name, child] of node.children) {
      names.push(name);
      parents.push(parent);
      fields.push(child.field?.number ?? -1);
      visit(child, names.length - 1);
    }
  };
  visit(digester.paths.root, -1);
  return {
    dictionaries: digester.fields.map(({ dictionary }) => dictionary),
    names,
    parents: Int32Array.from(parents),
    fields: Int32Array.from(fields),
  };
}
