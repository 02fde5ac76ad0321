import type { TotalChange } from './events.store.ts';
import { relationCounts } from './relations.ts';

/** A total of which there was nothing. */
export interface FirstTotal {
  workId: number;
  sourceId: number;
  relationId: number;
  increments: number;
  /** Null without cumulative events. */
  snapshot: number | null;
  events: number;
  subjects: number;
  firstAt: number;
  lastAt: number;
  cumulativeEvents: number;
  rank: number | null;
}

/**
 * Splits the changes of totals: those of works that are as new as their events make their totals at once, without a mark; the
 * others are marked. What is unusual (very many events of one work, sums that are no counts) is left to the roller.
 */
export function firstTotals(
  changes: readonly TotalChange[],
  created: ReadonlySet<number>,
  manyEvents: number,
): { totals: FirstTotal[]; marks: TotalChange[] } {
  const marks: TotalChange[] = [];
  const ofWorks = new Map<number, TotalChange[]>();
  for (const change of changes) {
    const list = created.has(change.workId) ? ofWorks.get(change.workId) : marks;
    if (list === undefined) ofWorks.set(change.workId, [change]);
    else list.push(change);
  }
  const totals: FirstTotal[] = [];
  for (const list of ofWorks.values()) {
    const [first] = list;
    // Most new works are spoken of once.
    if (list.length === 1 && first !== undefined && first.sign > 0) {
      totals.push(totalOf(first));
      continue;
    }
    const made = totalsOfWork(list, manyEvents);
    if (made === null) for (const change of list) marks.push(change);
    else for (const total of made) totals.push(total);
  }
  return { totals, marks };
}

function totalOf({ workId, sourceId, relationId, at, total, isCumulative }: TotalChange): FirstTotal {
  return {
    workId,
    sourceId,
    relationId,
    increments: isCumulative ? 0 : total,
    snapshot: isCumulative ? total : null,
    events: 1,
    subjects: 1,
    firstAt: at,
    lastAt: at,
    cumulativeEvents: isCumulative ? 1 : 0,
    rank: relationCounts(relationId) ? total : null,
  };
}

function totalsOfWork(changes: readonly TotalChange[], manyEvents: number): FirstTotal[] | null {
  if (changes.length > manyEvents) return null;
  const totals: FirstTotal[] = [];
  const others = new Map<FirstTotal, Set<number>>();
  let sum = 0;
  for (const change of changes) {
    const { sourceId, relationId, other, at, total, sign, isCumulative } = change;
    sum += total;
    if (sign < 0 || sum > Number.MAX_SAFE_INTEGER) return null;
    const one = totals.find((known) => known.sourceId === sourceId && known.relationId === relationId);
    if (one === undefined) {
      const first = totalOf(change);
      totals.push(first);
      others.set(first, new Set([other]));
      continue;
    }
    one.events++;
    if (isCumulative) {
      one.snapshot = (one.snapshot ?? 0) + total;
      one.cumulativeEvents++;
    } else one.increments += total;
    one.firstAt = Math.min(one.firstAt, at);
    one.lastAt = Math.max(one.lastAt, at);
    others.get(one)?.add(other);
  }
  for (const one of totals) {
    one.subjects = others.get(one)?.size ?? 0;
    one.rank = null;
    if (!isRanked(one)) continue;
    const same = totals.filter((total) => isRanked(total) && total.sourceId === one.sourceId);
    // The sum over all relations of the source stands on the first of them.
    if (same.some(({ relationId }) => relationId < one.relationId)) continue;
    one.rank = same.reduce((all, { increments, snapshot }) => all + increments + (snapshot ?? 0), 0);
  }
  return totals;
}

const isRanked = ({ relationId }: FirstTotal): boolean => relationId > 0 && relationCounts(relationId);

/** How many works have totals of each source. */
export function worksOfSources(totals: readonly FirstTotal[]): Map<number, number> {
  const works = new Map<number, number>();
  const seen = new Set<string>();
  for (const { workId, sourceId, relationId } of totals) {
    const key = `${workId} ${sourceId}`;
    if (relationId < 0 || seen.has(key)) continue;
    seen.add(key);
    works.set(sourceId, (works.get(sourceId) ?? 0) + 1);
  }
  return works;
}
