import type { TermsOrder } from '../question.ts';

/** Counts of terms by number, and the order of the terms. */
export interface CountedTerms {
  counts: Int32Array;
  /** The terms to look at, in no order; null: all. */
  met: readonly number[] | null;
  /** The numbers of the terms in ascending order of the terms. */
  ordered: ArrayLike<number>;
  /** The place of each number in that order. */
  ranks: () => ArrayLike<number>;
}

/**
 * The first terms of a facet. Nothing but the terms above the last count listed is sorted: a dictionary of 10,000 names,
 * all counted once, costs one look at each count and a walk over the first of them in order; a few records cost what
 * their own terms cost.
 */
export function listTerms(
  { counts, met, ordered, ranks }: CountedTerms,
  { order, size }: { order: TermsOrder; size: number },
  shown: (number: number) => boolean,
): number[] {
  if (met !== null && order === 'count' && met.length < ordered.length / 8) {
    return listMet(met.filter(shown), counts, ordered, ranks(), size);
  }
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
      above.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (ranks()[a] ?? 0) - (ranks()[b] ?? 0));
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
  met: readonly number[],
  counts: Int32Array,
  ordered: ArrayLike<number>,
  places: ArrayLike<number>,
  size: number,
): number[] {
  const least = leastListed(
    met.map((number) => counts[number] ?? 0),
    size,
  );
  const above = met.filter((number) => (counts[number] ?? 0) > least);
  above.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (places[a] ?? 0) - (places[b] ?? 0));
  // A typed array sorts numbers without calling back: ties are most of the terms.
  const ties = met.filter((number) => (counts[number] ?? 0) === least);
  const tied = Int32Array.from(ties, (number) => places[number] ?? 0).sort();
  return [...above, ...Array.from(tied.subarray(0, size - above.length), (place) => ordered[place] ?? 0)];
}

/** The count that so many terms reach, or the least there is. */
function leastListed(counts: ArrayLike<number> & Iterable<number>, size: number): number {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  const having = new Int32Array(most + 1);
  for (const count of counts) having[count] = (having[count] ?? 0) + 1;
  let reached = 0;
  for (let count = most; count > 0; count--) {
    reached += having[count] ?? 0;
    if (reached >= size) return count;
  }
  return 0;
}
