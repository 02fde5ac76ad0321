import type { TermsOrder } from '../question.ts';
import { firstInOrder } from './first.ts';

/** Counts of terms by number, and the order of the terms. */
export interface CountedTerms {
  counts: Int32Array;
  /** The terms to look at, in no order; null: all. */
  met: Int32Array | null;
  /** The numbers of the terms in ascending order of the terms. */
  ordered: ArrayLike<number>;
  /** The place of each number in that order. */
  ranks: () => ArrayLike<number>;
  /** Two numbers in that order; cheaper than `ranks` for a few. */
  compare: (a: number, b: number) => number;
}

/**
 * The first terms of a facet. Nothing but the terms above the last count listed is sorted: a dictionary of 10,000 names,
 * all counted once, costs one look at each count and a walk over the first of them in order; a few records cost what
 * their own terms cost.
 */
export function listTerms(
  { counts, met, ordered, ranks, compare }: CountedTerms,
  { order, size }: { order: TermsOrder; size: number },
  shown: (number: number) => boolean,
): number[] {
  if (met !== null && order === 'count') return listMet(met.filter(shown), counts, ordered, ranks(), size);
  const listed: number[] = [];
  const add = (number: number) => {
    if (listed.length < size && shown(number)) listed.push(number);
  };
  switch (order) {
    case 'term':
      for (let i = 0; i < ordered.length && listed.length < size; i++) add(ordered[i] ?? 0);
      return listed;
    case 'reverse_term':
      for (let i = ordered.length - 1; i >= 0 && listed.length < size; i--) add(ordered[i] ?? 0);
      return listed;
    case 'reverse_count': {
      const all = Array.from(ordered).filter(shown);
      // The sort is stable: terms of one count stay in order.
      return all.sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0)).slice(0, size);
    }
    default: {
      const least = leastListed(counts, size);
      const above: number[] = [];
      for (let number = 0; number < counts.length; number++) {
        if ((counts[number] ?? 0) > least && shown(number)) above.push(number);
      }
      above.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || compare(a, b));
      listed.push(...above);
      for (let i = 0; i < ordered.length && listed.length < size; i++) {
        const number = ordered[i] ?? 0;
        if ((counts[number] ?? 0) === least) add(number);
      }
      return listed;
    }
  }
}

function listMet(
  met: Int32Array,
  counts: Int32Array,
  ordered: ArrayLike<number>,
  places: ArrayLike<number>,
  size: number,
): number[] {
  const own = new Int32Array(met.length);
  for (let i = 0; i < met.length; i++) own[i] = counts[met[i] ?? 0] ?? 0;
  const least = leastListed(own, size);
  const above: number[] = [];
  let ties = 0;
  for (let i = 0; i < met.length; i++) {
    const number = met[i] ?? 0;
    const count = own[i] ?? 0;
    if (count > least) above.push(number);
    // Ties are kept by their places, which are plain numbers in ascending order.
    else if (count === least) own[ties++] = places[number] ?? 0;
  }
  above.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (places[a] ?? 0) - (places[b] ?? 0));
  const tied = firstInOrder(own.subarray(0, ties), Math.min(ties, size - above.length), (a, b) => a - b);
  for (const place of tied) above.push(ordered[place] ?? 0);
  return above;
}

/** The count that so many terms reach, or the least there is. */
function leastListed(counts: Int32Array, size: number): number {
  let most = 0;
  for (let i = 0; i < counts.length; i++) if ((counts[i] ?? 0) > most) most = counts[i] ?? 0;
  const having = new Int32Array(most + 1);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    having[count] = (having[count] ?? 0) + 1;
  }
  let reached = 0;
  for (let count = most; count > 0; count--) {
    reached += having[count] ?? 0;
    if (reached >= size) return count;
  }
  return 0;
}
