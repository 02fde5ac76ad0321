import type { AlmanacClient, ComplianceProgress } from 'almanac/client';
import { type Outcome, outcomeOf } from './outcome.ts';

interface Kept {
  version: string;
  outcomes: Outcome[];
}

/** About 100 MB of outcomes at most, the lists asked for last. */
const mostKept = 200_000;
/** Of a list that is worked on, only so many are read anew each time somebody looks. */
const mostWhileRunning = 5_000;

const kept = new Map<string, Kept>();

/** The outcomes of a list, to filter and to count; null while a long one is still being worked on. */
export async function outcomesOf(
  api: AlmanacClient,
  id: string,
  progress: ComplianceProgress,
): Promise<Outcome[] | null> {
  const { status, counts } = progress;
  const version = `${status} ${counts.records} ${counts.done} ${counts.unavailable}`;
  const known = kept.get(id);
  if (known?.version === version) {
    kept.delete(id);
    kept.set(id, known);
    return known.outcomes;
  }
  if (status !== 'complete' && counts.records > mostWhileRunning) return null;
  const outcomes: Outcome[] = [];
  for await (const record of api.compliance.records(id)) outcomes.push(outcomeOf(record));
  kept.delete(id);
  // While it is worked on, records change without their number changing.
  if (status === 'complete') keep(id, { version, outcomes });
  return outcomes;
}

function keep(id: string, entry: Kept): void {
  kept.set(id, entry);
  let total = [...kept.values()].reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  for (const [oldest, { outcomes }] of kept) {
    if (total <= mostKept || oldest === id) break;
    kept.delete(oldest);
    total -= outcomes.length;
  }
}
