import { isAscii, tokensOf } from './analysis.ts';
import { lettersOf } from './letters.ts';

/**
 * The tokens in use, each with a number; a number is free again when nobody uses its token any more. A hash table of its
 * own: most tokens of a text are known, and are found here without making a string of each.
 */
export interface Terms {
  /** Token by number; undefined where the number is free. */
  texts: (string | undefined)[];
  uses: number[];
  free: number[];
  /** First term (plus one) of each chain; their count is a power of two. */
  heads: Int32Array;
  /** By term: the next of its chain, plus one. */
  next: Int32Array;
  hashes: Int32Array;
  /** By term: see `lettersOf`. */
  letters: Int32Array;
}

export const createTerms = (): Terms => ({
  texts: [],
  uses: [],
  free: [],
  heads: new Int32Array(1024),
  next: new Int32Array(1024),
  hashes: new Int32Array(1024),
  letters: new Int32Array(1024),
});

/** The token being looked up, by UTF-16 units; used by one call at a time. */
let units = new Uint16Array(64);
/** What `useTerms` found. */
export let usedTerms = new Int32Array(256);

const seed = -2_128_831_035;
const mix = (hash: number, unit: number) => Math.imul(hash ^ unit, 16_777_619);

/** Lower case of ASCII letters and digits; 0: no part of a token. */
const plain = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(char) ? char.charCodeAt(0) : 0;
});

/** The number of a token; -1: nobody uses it. */
export function termOf(terms: Terms, text: string): number {
  return find(terms, read(text), text.length);
}

/**
 * Uses each token of a text once more. Their numbers, in order, are the first of `usedTerms` until the next call.
 * @returns how many
 */
export function useTerms(terms: Terms, text: string): number {
  if (!isAscii(text)) {
    const tokens = tokensOf(text);
    let count = 0;
    for (const token of tokens) count = note(count, use(terms, read(token), token));
    return count;
  }
  if (units.length < text.length) units = new Uint16Array(text.length * 2);
  let count = 0;
  let length = 0;
  let hash = seed;
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? (plain[text.charCodeAt(at)] ?? 0) : 0;
    if (unit !== 0) {
      units[length++] = unit;
      hash = mix(hash, unit);
    } else if (length > 0) {
      const known = find(terms, hash, length);
      if (known >= 0) terms.uses[known] = (terms.uses[known] ?? 0) + 1;
      count = note(count, known >= 0 ? known : add(terms, hash, text.slice(at - length, at).toLowerCase()));
      length = 0;
      hash = seed;
    }
  }
  return count;
}

function note(count: number, term: number): number {
  if (count === usedTerms.length) {
    const grown = new Int32Array(count * 2);
    grown.set(usedTerms);
    usedTerms = grown;
  }
  usedTerms[count] = term;
  return count + 1;
}

/** Puts a token into `units`. @returns its hash */
function read(text: string): number {
  if (units.length < text.length) units = new Uint16Array(text.length * 2);
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    units[at] = unit;
    hash = mix(hash, unit);
  }
  return hash;
}

/** The chain of a hash: its high bits are better mixed than its low ones. */
const chainOf = (terms: Terms, hash: number) => (hash ^ (hash >>> 15)) & (terms.heads.length - 1);

function find(terms: Terms, hash: number, length: number): number {
  const { hashes, next, texts } = terms;
  let at = terms.heads[chainOf(terms, hash)] ?? 0;
  while (at !== 0) {
    if (hashes[at - 1] === hash && equal(texts[at - 1] ?? '', length)) return at - 1;
    at = next[at - 1] ?? 0;
  }
  return -1;
}

function equal(text: string, length: number): boolean {
  if (text.length !== length) return false;
  for (let at = 0; at < length; at++) if (text.charCodeAt(at) !== units[at]) return false;
  return true;
}

function use(terms: Terms, hash: number, text: string): number {
  const known = find(terms, hash, text.length);
  if (known < 0) return add(terms, hash, text);
  terms.uses[known] = (terms.uses[known] ?? 0) + 1;
  return known;
}

function add(terms: Terms, hash: number, text: string): number {
  const number = terms.free.pop() ?? terms.texts.length;
  terms.texts[number] = text;
  terms.uses[number] = 1;
  if (number >= terms.next.length) grow(terms);
  terms.hashes[number] = hash;
  terms.letters[number] = lettersOf(text);
  link(terms, number);
  return number;
}

function link(terms: Terms, number: number): void {
  const chain = chainOf(terms, terms.hashes[number] ?? 0);
  terms.next[number] = terms.heads[chain] ?? 0;
  terms.heads[chain] = number + 1;
}

function grow(terms: Terms): void {
  const longer = (list: Int32Array) => {
    const grown = new Int32Array(list.length * 2);
    grown.set(list);
    return grown;
  };
  terms.hashes = longer(terms.hashes);
  terms.letters = longer(terms.letters);
  const known = terms.next.length;
  terms.next = new Int32Array(known * 2);
  terms.heads = new Int32Array(known * 2);
  // All numbers are in use, or there would have been a free one; the newest is linked by the caller.
  for (let number = 0; number < known; number++) link(terms, number);
}

export function dropTerm(terms: Terms, number: number): void {
  const left = (terms.uses[number] ?? 0) - 1;
  terms.uses[number] = left;
  if (left > 0 || terms.texts[number] === undefined) return;
  const { heads, next } = terms;
  const chain = chainOf(terms, terms.hashes[number] ?? 0);
  if (heads[chain] === number + 1) heads[chain] = next[number] ?? 0;
  else {
    let at = (heads[chain] ?? 0) - 1;
    while (next[at] !== number + 1) at = (next[at] ?? 0) - 1;
    next[at] = next[number] ?? 0;
  }
  terms.texts[number] = undefined;
  terms.free.push(number);
}
