import { type Bits, countBits, hasBit, keepCommon, listBits } from '../bits.ts';
import type { Clause } from '../clause.ts';
import { recordsOf } from '../field.ts';
import { integersOf } from '../postings.ts';
import { termsThatFit } from './everywhere.ts';
import { allField, type Leaf, valuesThatFit } from './leaf-values.ts';
import { expand, match } from './matching.ts';
import { fieldOf, type Place } from './place.ts';
import { spend } from './work.ts';

/**
 * Scores by document slot: rare words, words in short values and (in `_all`) words of names weigh more; clauses without
 * words count 1, times boost. Filters do not count.
 */
export function scoresOf(place: Place, clause: Clause): Float32Array {
  const scores = new Float32Array(place.collection.documents.length);
  addScores(place, clause, match(place, clause), 1, scores);
  return scores;
}

/** Whether all matches get the same score, and which; null when they differ. */
export function uniformScore(clause: Clause): number | null {
  switch (clause.kind) {
    case 'all':
    case 'constant':
      return clause.boost;
    case 'none':
    case 'exists':
    case 'ids':
    case 'distance':
    case 'box':
      return 1;
    case 'range':
    case 'glob':
      return clause.boost;
    case 'bool': {
      if (clause.should.length > 0) return null;
      const parts = clause.must.map(uniformScore);
      return parts.some((part) => part === null)
        ? null
        : clause.boost * parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
    }
    default:
      return null;
  }
}

function addScores(place: Place, clause: Clause, mask: Bits, factor: number, scores: Float32Array): void {
  const uniform = uniformScore(clause);
  if (uniform !== null) {
    addConstant(mask, match(place, clause), uniform * factor, scores);
    return;
  }
  switch (clause.kind) {
    case 'bool': {
      const inside = keepCommon(match(place, clause).slice(), mask);
      for (const each of [...clause.must, ...clause.should]) {
        addScores(place, each, inside, factor * clause.boost, scores);
      }
      return;
    }
    case 'best':
    case 'fields':
      addBest(place, clause, mask, factor, scores);
      return;
    case 'nested':
      addConstant(mask, match(place, clause), factor, scores);
      return;
    case 'term':
    case 'phrase':
    case 'value':
    case 'fuzzy':
      addLeaf(place, clause, mask, factor, scores);
  }
}

function addConstant(mask: Bits, matched: Bits, value: number, scores: Float32Array): void {
  for (const slot of listBits(keepCommon(mask.slice(), matched))) scores[slot] = (scores[slot] ?? 0) + value;
}

function addBest(
  place: Place,
  clause: Clause & { kind: 'best' | 'fields' },
  mask: Bits,
  factor: number,
  scores: Float32Array,
): void {
  const best = new Float32Array(scores.length);
  const own = new Float32Array(scores.length);
  for (const each of clause.kind === 'best' ? clause.clauses : expand(place, clause)) {
    // Only what a clause matches has a score of it.
    const slots = listBits(match(place, each));
    if (slots.length === 0) continue;
    if (!spend(place.work, 20 * slots.length)) break;
    addScores(place, each, mask, factor * clause.boost, own);
    for (const slot of slots) {
      if ((own[slot] ?? 0) > (best[slot] ?? 0)) best[slot] = own[slot] ?? 0;
      own[slot] = 0;
    }
  }
  for (let slot = 0; slot < best.length; slot++) scores[slot] = (scores[slot] ?? 0) + (best[slot] ?? 0);
}

function addLeaf(place: Place, clause: Leaf, mask: Bits, factor: number, scores: Float32Array): void {
  const matches = countBits(match(place, clause));
  const rarity = Math.log(1 + (place.collection.count - matches + 0.5) / (matches + 0.5));
  const most = factor * clause.boost * rarity;
  if (clause.field.path !== allField) {
    const field = fieldOf(place, clause.field);
    if (field === undefined) return;
    for (const number of valuesThatFit(place, field, clause)) {
      const part = (most * 2) / (1 + Math.sqrt(field.lengths[number] ?? 1));
      for (const slot of recordsOf(field, number)) {
        if (hasBit(mask, slot)) scores[slot] = (scores[slot] ?? 0) + part;
      }
    }
    return;
  }
  if (clause.kind === 'phrase' && clause.tokens.length > 1) {
    addConstant(mask, match(place, clause), most, scores);
    return;
  }
  for (const term of termsThatFit(place, clause)) {
    for (const packed of integersOf(place.collection.all[term])) {
      const slot = packed >> 7;
      if (!hasBit(mask, slot)) continue;
      const weight = packed & 127;
      scores[slot] = (scores[slot] ?? 0) + (most * weight) / (weight + 6);
    }
  }
}
