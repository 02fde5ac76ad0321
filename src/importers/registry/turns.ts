import type { MappedRepository } from './repository.ts';
import { keysOf } from './url-keys.ts';

/** Ids of records that earlier repositories of this run have: they may differ from what was found. */
export interface Touched {
  byNumber: string | null;
  byHomePage: string | null;
}

/** What this run made of repositories, and who is being brought in. */
export interface Turns {
  /**
   * Runs `work` when no other repository of the same record is being brought in.
   * @param work answers the id of the repository's record; null when it has none
   */
  alone(repository: MappedRepository, work: (touched: Touched) => Promise<string | null>): Promise<void>;
}

/** @param findByUrl whether repositories with the same home page are one */
export function createTurns(findByUrl: boolean): Turns {
  const byNumber = new Map<number, string>();
  const byKey = new Map<string, string>();
  const busy = new Map<string, Promise<void>>();

  const keys = ({ register }: MappedRepository) => (findByUrl ? keysOf(register) : []);

  const touchedBy = (repository: MappedRepository): Touched => ({
    byNumber: byNumber.get(repository.id) ?? null,
    byHomePage:
      keys(repository)
        .map((key) => byKey.get(key))
        .find((id) => id !== undefined) ?? null,
  });

  return {
    async alone(repository, work) {
      const turn = keys(repository)[0] ?? `#${repository.id}`;
      while (busy.has(turn)) await busy.get(turn);
      const { promise, resolve } = Promise.withResolvers<void>();
      busy.set(turn, promise);
      try {
        const id = await work(touchedBy(repository));
        if (id === null) return;
        byNumber.set(repository.id, id);
        for (const key of keys(repository)) if (!byKey.has(key)) byKey.set(key, id);
      } finally {
        busy.delete(turn);
        resolve();
      }
    },
  };
}
