import type { Scalar } from './order.ts';

/**
 * Finds the number of a value: a hash table over a list of values that somebody else keeps. Its arrays can be handed from
 * one thread to another, which a Map cannot, and take a third of its memory.
 */
export interface Dictionary {
  /** First number (plus one) of each chain; their count is a power of two. */
  heads: Int32Array<ArrayBuffer>;
  /** By number: the next of its chain, plus one. */
  next: Int32Array<ArrayBuffer>;
  hashes: Int32Array<ArrayBuffer>;
}

/** Most paths have few values, and there may be thousands of paths. */
const firstSize = 8;

export const createDictionary = (): Dictionary => ({
  heads: new Int32Array(firstSize),
  next: new Int32Array(firstSize),
  hashes: new Int32Array(firstSize),
});

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

export function hashOf(value: Scalar): number {
  if (typeof value === 'string') {
    let hash = -2_128_831_035;
    // Two units a step: what takes time is that each waits for the one before.
    const even = value.length & ~1;
    for (let at = 0; at < even; at += 2) {
      hash = Math.imul(hash ^ value.charCodeAt(at) ^ (value.charCodeAt(at + 1) << 16), 16_777_619);
      hash ^= hash >>> 15;
    }
    return even < value.length ? Math.imul(hash ^ value.charCodeAt(even), 16_777_619) : hash;
  }
  // Zero has one hash with either sign.
  double[0] = Number(value) + 0;
  const hash = Math.imul((halves[0] ?? 0) ^ Math.imul(halves[1] ?? 0, 0x27d4eb2f), 0x165667b1);
  return typeof value === 'boolean' ? ~hash : hash;
}

/** The high bits of a hash are better mixed than its low ones. */
const chainOf = ({ heads }: Dictionary, hash: number) => (hash ^ (hash >>> 15)) & (heads.length - 1);

/** @returns -1 when there is no such value. */
export function numberOf(
  dictionary: Dictionary,
  values: readonly (Scalar | undefined)[],
  value: Scalar,
  hash = hashOf(value),
): number {
  const { hashes, heads, next } = dictionary;
  let at = heads[chainOf(dictionary, hash)] ?? 0;
  while (at !== 0) {
    if (hashes[at - 1] === hash && values[at - 1] === value) return at - 1;
    at = next[at - 1] ?? 0;
  }
  return -1;
}

/** @param number of a value that is not in the dictionary yet; at most one more than any before. */
export function addNumber(dictionary: Dictionary, number: number, hash: number): void {
  if (number >= dictionary.next.length) grow(dictionary);
  dictionary.hashes[number] = hash;
  link(dictionary, number);
}

export function removeNumber(dictionary: Dictionary, number: number): void {
  const { hashes, heads, next } = dictionary;
  const chain = chainOf(dictionary, hashes[number] ?? 0);
  if (heads[chain] === number + 1) {
    heads[chain] = next[number] ?? 0;
    return;
  }
  let at = (heads[chain] ?? 0) - 1;
  while (next[at] !== number + 1) at = (next[at] ?? 0) - 1;
  next[at] = next[number] ?? 0;
}

function link(dictionary: Dictionary, number: number): void {
  const chain = chainOf(dictionary, dictionary.hashes[number] ?? 0);
  dictionary.next[number] = dictionary.heads[chain] ?? 0;
  dictionary.heads[chain] = number + 1;
}

function grow(dictionary: Dictionary): void {
  const known = dictionary.next.length;
  const hashes = new Int32Array(known * 2);
  hashes.set(dictionary.hashes);
  dictionary.hashes = hashes;
  dictionary.next = new Int32Array(known * 2);
  dictionary.heads = new Int32Array(known * 2);
  // All numbers are in use, or there would have been a free one; the newest is linked by the caller.
  for (let number = 0; number < known; number++) link(dictionary, number);
}
