import type { Queries } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import type { WebhookCalls } from '../jobs/progress.ts';
import { readDeliveries } from './webhooks.store.ts';

/** What came of calling a list's webhook; null while the list is not over. */
export async function callsOf(sql: Queries, jobId: string): Promise<WebhookCalls | null> {
  const deliveries = await readDeliveries(sql, jobId);
  if (deliveries === null) return null;
  const time = (date: Date | null) => (date === null ? null : isoSeconds(date));
  return {
    delivered_at: time(deliveries.delivered_at),
    next_try_at: time(deliveries.due_at),
    tries: deliveries.tries.map(({ at, outcome }) => ({ at: isoSeconds(new Date(at)), outcome })),
  };
}
