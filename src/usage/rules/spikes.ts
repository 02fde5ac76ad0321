/** A month that a person should look at; the figures stay as they are (spec usage §4, rule 9). */
export interface Spike {
  direction: 'above' | 'below';
  /** The month's total. */
  total: number;
  /** Mean of the 12 months before. */
  mean: number;
  /** One sentence for the person. */
  note: string;
}

/**
 * Judges the last of 13 monthly totals by the 12 before it, oldest first, months without usage as 0: a total of at
 * least 100 that is more than three times their mean, or less than 1 % of a mean of at least 20. Null: nothing to
 * look at. Fewer than 13 totals are an error of the caller.
 */
export function spikeOf(totals: readonly number[]): Spike | null {
  const total = totals[12];
  if (totals.length !== 13 || total === undefined)
    throw new RangeError('a spike is judged by 13 monthly totals');
  const mean = totals.slice(0, 12).reduce((sum, value) => sum + value, 0) / 12;
  const against = `the mean of the 12 months before, ${Math.round(mean * 10) / 10}`;
  if (total >= 100 && total > 3 * mean) {
    return { direction: 'above', total, mean, note: `${total} is more than three times ${against}` };
  }
  if (mean >= 20 && total < mean / 100) {
    return { direction: 'below', total, mean, note: `${total} is less than 1 % of ${against}` };
  }
  return null;
}
