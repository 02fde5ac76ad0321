export interface InFlight {
  /** Starts a task as soon as fewer than the limit are running; throws what an earlier one failed with. */
  add(task: () => Promise<void>): Promise<void>;
  /** Waits for all; throws the first failure. */
  drain(): Promise<void>;
}

/** Keeps a few requests under way, so that the server works while the next batch is read. */
export function createInFlight(limit: number): InFlight {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  return {
    async add(task) {
      while (running.size >= limit) await Promise.race(running);
      if (failures.length > 0) throw failures[0];
      const run: Promise<void> = task()
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => running.delete(run));
      running.add(run);
    },
    async drain() {
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
    },
  };
}
