import type { Sql } from '../../platform/database/index.ts';
import type { Outbound } from '../../platform/outbound/index.ts';
import { nextDelivery } from './schedule.ts';
import { requestTarget } from './webhook-url.ts';
import { type DueWebhook, storeTry, takeDue } from './webhooks.store.ts';

export interface WebhookParts {
  sql: Sql;
  outbound: Pick<Outbound, 'fetch'>;
  now(): number;
  onTrouble(error: unknown): void;
}

export interface Webhooks {
  /** One may be due. */
  wake(): void;
  stop(): Promise<void>;
}

const timeLimitMs = 10_000;
/** While a call is under way nobody else makes it; longer than the call can last. */
const busyMs = 30_000;
const pollMs = 1_000;

/**
 * Calls webhooks: one GET to the address exactly as it was given, again until a 2xx comes or a day is over, and never again after
 * one. Only a kill between the answer and its note can repeat a call.
 */
export function startWebhooks({ sql, outbound, now, onTrouble }: WebhookParts): Webhooks {
  const stopping = new AbortController();
  const calls = new Set<Promise<void>>();
  let wakened = Promise.withResolvers<void>();

  async function call({ job_id, url, tries }: DueWebhook): Promise<void> {
    const answer = await outbound.fetch(url, {
      target: requestTarget(url),
      timeoutMs: timeLimitMs,
      maxBytes: 64 * 1024,
      atLimit: 'cut',
      redirects: 'return',
      retries: 0,
      signal: stopping.signal,
    });
    // Not called to its end because we stop: due at once for whoever comes next.
    if (!answer.ok && answer.kind === 'aborted') {
      await storeTry(sql, job_id, {
        at: new Date(now()),
        outcome: 'given up: the server stopped',
        delivered: false,
        dueAt: new Date(now()),
      });
      return;
    }
    const at = new Date(now());
    const delivered = answer.ok && answer.status >= 200 && answer.status < 300;
    const outcome = answer.ok ? `answered ${answer.status}` : answer.message;
    const since = Date.parse(tries[0]?.at ?? at.toISOString());
    // An address that must not be called will not become another one.
    const isRefused = !answer.ok && answer.kind === 'address';
    const dueAt = delivered || isRefused ? null : nextDelivery(tries.length + 1, since, now());
    await storeTry(sql, job_id, { at, outcome, delivered, dueAt });
  }

  async function look(): Promise<void> {
    for (const due of await takeDue(sql, new Date(now()), new Date(now() + busyMs))) {
      const task: Promise<void> = call(due)
        .catch(onTrouble)
        .finally(() => calls.delete(task));
      calls.add(task);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wakened = Promise.withResolvers<void>();
      await look().catch(onTrouble);
      const timer = setTimeout(wakened.resolve, pollMs);
      await wakened.promise;
      clearTimeout(timer);
    }
  }
  const running = run();

  return {
    wake: () => wakened.resolve(),
    async stop() {
      stopping.abort();
      wakened.resolve();
      await running;
      await Promise.all(calls);
    },
  };
}
