import { setImmediate as others } from 'node:timers/promises';
import { dayOf } from './facts.ts';
import { isStoredRecord, readStoredBlocks } from './stored-event.ts';
import type { DeliveredEvents } from './verdicts.ts';

/**
 * The events that a kept delivery brought, by identity, and their days; null when there are none.
 * @param known lines that brought nothing new: ascending ranges (first, last), counting from 0
 */
export async function broughtEvents(
  payload: Buffer,
  known: [number, number][],
): Promise<DeliveredEvents | null> {
  const identities: string[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let place = 0;
  let range = 0;
  for (const lines of readStoredBlocks(payload)) {
    for (const line of lines) {
      const here = place++;
      while ((known[range]?.[1] ?? here) < here) range++;
      if ((known[range]?.[0] ?? Number.POSITIVE_INFINITY) <= here || isStoredRecord(line)) continue;
      identities.push(line.event);
      first = Math.min(first, line.time);
      last = Math.max(last, line.time);
    }
    await others();
  }
  return identities.length === 0 ? null : { identities, from: dayOf(first).day, until: dayOf(last).day };
}
