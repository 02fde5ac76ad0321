import { OutboundError } from './failure.ts';

/** A budget of time that can be stopped while we, not the host, are the ones who are slow. */
export type TimeLimit = {
  /** Fires with an `OutboundError` (`timeout`, or `aborted` when the caller gave up). */
  signal: AbortSignal;
  pause(): void;
  resume(): void;
  /** Ends the budget without firing. */
  clear(): void;
};

/** Starts paused. Any of `stops` firing ends it as `aborted`. */
export function createTimeLimit(ms: number, stops: AbortSignal[]): TimeLimit {
  const controller = new AbortController();
  let left = ms;
  let startedAt = 0;
  let timer: NodeJS.Timeout | null = null;
  const pause = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    left = Math.max(0, left - (performance.now() - startedAt));
  };
  const giveUp = () => {
    pause();
    controller.abort(new OutboundError('aborted', 'the request was given up'));
  };
  for (const stop of stops) {
    if (stop.aborted) giveUp();
    stop.addEventListener('abort', giveUp, { once: true });
  }

  return {
    signal: controller.signal,
    pause,
    resume() {
      if (timer !== null) return;
      startedAt = performance.now();
      timer = setTimeout(
        () => controller.abort(new OutboundError('timeout', 'no complete answer in time')),
        left,
      );
    },
    clear() {
      pause();
      for (const stop of stops) stop.removeEventListener('abort', giveUp);
    },
  };
}
