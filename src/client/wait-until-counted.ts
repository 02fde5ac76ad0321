import type { UsageStatus } from './answers.ts';
import type { Pause } from './pause.ts';

export interface CountedOptions {
  signal?: AbortSignal | undefined;
  /** Called with every status asked for. */
  onProgress?: ((status: UsageStatus) => void) | undefined;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 100;

/** Asks until `queued` and `dirty` are 0, waiting 20 ms at first and 1.5 times longer after each answer, at most 100 ms. */
export async function waitUntilCounted(
  status: (options: { signal?: AbortSignal | undefined }) => Promise<UsageStatus>,
  pause: Pause,
  options: CountedOptions,
): Promise<UsageStatus> {
  for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 1.5, LONGEST_PAUSE_MS)) {
    const current = await status({ signal: options.signal });
    options.onProgress?.(current);
    if (current.queued === 0 && current.dirty === 0) return current;
    await pause(waitMs, options.signal);
  }
}
