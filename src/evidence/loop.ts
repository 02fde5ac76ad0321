import { setTimeout as delay } from 'node:timers/promises';

/** What a step says of itself: `idle` and `busy` mean that it may wait for a while. */
export type StepOutcome = 'idle' | 'busy' | object;

export interface LoopOptions {
  name: string;
  step(): Promise<StepOutcome>;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
  /**
   * First wait for something to do, in milliseconds; others may have put it there without waking us. It doubles up to a
   * second while there is nothing, so that an idle server is idle.
   */
  pollMs: number;
  /** How long to wait after a step that did something and took so many milliseconds. */
  pauseMs?(took: number): number;
  isTransient(error: unknown): boolean;
}

/** A loop that runs until it is stopped. */
export interface Loop {
  /** There is something to do: ends the wait of an idle loop. */
  wake(): void;
  /** Nothing more is coming: ends the pause after a step as well. */
  hurry(): void;
  /** Finishes the step at hand. */
  stop(): Promise<void>;
}

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;
const LONGEST_POLL_MS = 1_000;

/**
 * Runs steps for ever. The database's passing trouble (a deadlock, a lost connection) is retried without end, with
 * growing pauses; anything else is a bug, is logged as an error, and is retried as slowly as can be.
 */
export function runLoop(options: LoopOptions): Loop {
  let stopping = false;
  let wakened = false;
  let rouse = new AbortController();
  let spur = new AbortController();

  async function rest(ms: number): Promise<void> {
    if (stopping || wakened || ms <= 0) return;
    await delay(ms, undefined, { signal: rouse.signal }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    let pollMs = options.pollMs;
    while (!stopping) {
      wakened = false;
      rouse = new AbortController();
      spur = new AbortController();
      const began = performance.now();
      try {
        const outcome = await options.step();
        retryMs = FIRST_RETRY_MS;
        if (outcome === 'idle' || outcome === 'busy') {
          await rest(pollMs);
          pollMs = wakened ? options.pollMs : Math.min(2 * pollMs, Math.max(LONGEST_POLL_MS, options.pollMs));
          continue;
        }
        pollMs = options.pollMs;
        if (options.pauseMs !== undefined) {
          const ms = options.pauseMs(performance.now() - began);
          if (ms > 0 && !stopping) await delay(ms, undefined, { signal: spur.signal }).catch(() => undefined);
        }
      } catch (error) {
        const transient = options.isTransient(error);
        if (transient)
          options.log.warn({ error, loop: options.name }, 'the database did not answer; trying again');
        else options.log.error({ error, loop: options.name }, 'a step failed; trying again');
        retryMs = transient ? Math.min(retryMs * 2, LAST_RETRY_MS) : LAST_RETRY_MS;
        if (!stopping) await delay(retryMs, undefined, { signal: rouse.signal }).catch(() => undefined);
      }
    }
  }

  const running = run();
  return {
    wake() {
      wakened = true;
      rouse.abort();
    },
    hurry() {
      wakened = true;
      rouse.abort();
      spur.abort();
    },
    async stop() {
      stopping = true;
      rouse.abort();
      spur.abort();
      await running;
    },
  };
}
