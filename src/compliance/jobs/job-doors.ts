import type { Asking, Doors } from '../resolution-contract.ts';

/** Doors that are open as long as somebody of their job is inside. */
export interface JobDoors {
  /** The door of a job, one for all its records, so that it knows what the whole job asks. */
  enter(jobId: string, giveUpAfterMs: number): Asking;
  leave(jobId: string): void;
}

/** `signal` closes them all. */
export function createJobDoors(doors: Doors, signal: AbortSignal): JobDoors {
  const open = new Map<string, { asking: Asking; inside: number; closing: AbortController }>();
  signal.addEventListener(
    'abort',
    () => {
      for (const { closing } of open.values()) closing.abort(signal.reason);
    },
    { once: true },
  );
  return {
    enter(id, giveUpAfterMs) {
      let door = open.get(id);
      if (door === undefined) {
        const closing = new AbortController();
        if (signal.aborted) closing.abort(signal.reason);
        door = { asking: doors.openFor({ id, giveUpAfterMs, signal: closing.signal }), inside: 0, closing };
        open.set(id, door);
      }
      door.inside += 1;
      return door.asking;
    },
    leave(id) {
      const door = open.get(id);
      if (door === undefined) return;
      door.inside -= 1;
      if (door.inside > 0) return;
      open.delete(id);
      door.closing.abort();
    },
  };
}
