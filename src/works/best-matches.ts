import type { Sql } from 'postgres';
import { findBestMatches, type Match } from './best-matches.store.ts';
import type { WorkFilter } from './works-read.store.ts';

/** As many as are ordered by use, and listed at most. */
export const MOST_MATCHES = 500;

/**
 * Works by how well their titles fit the words, and those that fit as well by their downloads over all time; at most
 * `MOST_MATCHES`. The same question has the same answer until something was published or used.
 * @param usesOf downloads of some works; one that is missing has none.
 */
export async function bestMatches(
  sql: Sql,
  filter: WorkFilter & { q: string },
  usesOf: (workIds: number[]) => Promise<Map<number, number>>,
): Promise<number[]> {
  const matches = await findBestMatches(sql, filter, MOST_MATCHES);
  return byFitAndUse(matches, await usesOf(matches.map(({ work_id: work }) => work)));
}

/** What is alike in both stays in its order. */
export function byFitAndUse(matches: readonly Match[], uses: ReadonlyMap<number, number>): number[] {
  const usesOf = ({ work_id: work }: Match) => uses.get(work) ?? 0;
  return matches
    .toSorted((one, other) => one.tier - other.tier || usesOf(other) - usesOf(one))
    .map(({ work_id: work }) => work);
}
