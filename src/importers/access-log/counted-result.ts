import type { AlmanacClient, EvidenceResult } from '../../client/index.ts';
import { createInFlight } from '../in-flight.ts';
import { type ImportProgress, ImportStopped } from '../run.ts';

/** What the server made of the events of this run, summed over its deliveries. */
export interface CountedTotals {
  unmatched: number;
  method: number;
  status: number;
  duplicates: number;
  robot: number;
  double_click: number;
  counted: number;
  notes: Set<string>;
}

const FIGURES = [
  'unmatched',
  'method',
  'status',
  'duplicates',
  'robot',
  'double_click',
  'counted',
] as const satisfies (keyof EvidenceResult)[];

/**
 * Adds up the results of the deliveries and waits until everything accepted is counted. What the server says of each line
 * does not depend on the sums, so it is asked as soon as all lines are processed, beside the counting.
 */
export async function countedTotals(
  client: AlmanacClient,
  evidence: string[],
  progress: ImportProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<CountedTotals> {
  const failed = new AbortController();
  const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const processed = Promise.withResolvers<void>();
  const counted = waitShowing(client, progress, either, processed.resolve);
  try {
    await Promise.race([processed.promise, counted]);
    const totals = await totalsOf(client, evidence, signal);
    await counted;
    return totals;
  } catch (error) {
    failed.abort();
    await counted.catch(() => undefined);
    throw error;
  }
}

async function totalsOf(
  client: AlmanacClient,
  evidence: string[],
  signal: AbortSignal | undefined,
): Promise<CountedTotals> {
  const totals: CountedTotals = {
    unmatched: 0,
    method: 0,
    status: 0,
    duplicates: 0,
    robot: 0,
    double_click: 0,
    counted: 0,
    notes: new Set(),
  };
  // Two hours of a large log are hundreds of deliveries; the server counts together what is asked at once.
  const asking = createInFlight(32);
  for (const id of evidence) {
    await asking.add(async () => addResult(totals, await resultOf(client, id, signal)));
  }
  await asking.drain();
  return totals;
}

async function resultOf(
  client: AlmanacClient,
  id: string,
  signal: AbortSignal | undefined,
): Promise<EvidenceResult> {
  const evidence = await client.evidence.get(id, { signal });
  if (evidence.state === 'done' && evidence.result !== null) return evidence.result;
  const reason = evidence.result?.error ?? `its state is ${evidence.state}`;
  throw new ImportStopped(`evidence ${id} was not counted: ${reason}`);
}

function addResult(totals: CountedTotals, result: EvidenceResult): void {
  for (const figure of FIGURES) totals[figure] += result[figure] ?? 0;
  for (const note of result.notes ?? []) totals.notes.add(note);
}

async function waitShowing(
  client: AlmanacClient,
  progress: ImportProgress | undefined,
  signal: AbortSignal | undefined,
  onProcessed: () => void,
): Promise<void> {
  progress?.start('Counting');
  let most = 0;
  let left = 0;
  try {
    await client.usage.waitUntilCounted({
      signal,
      onProgress: ({ queued, dirty }) => {
        const now = queued + dirty;
        if (now > most) progress?.total(now);
        else progress?.advance(Math.max(0, left - now));
        most = Math.max(most, now);
        left = now;
        if (queued === 0) onProcessed();
      },
    });
  } finally {
    progress?.end();
  }
}
