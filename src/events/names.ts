import type { TransactionSql } from 'postgres';
import { nameIds } from './events.store.ts';

export type NameKind = 'a' | 'p' | 'h';

const REMEMBERED = 100_000;

export interface Names {
  /** Before a batch: what is remembered must not grow without end. */
  makeRoom(): void;
  /** Makes sure that the numbers of some names are known. */
  learn(tx: TransactionSql, kind: NameKind, names: Iterable<string>): Promise<void>;
  /** The number of a learnt name; 0 for none. */
  of(kind: NameKind, name: string | null): number;
  forget(): void;
}

/** Numbers of accounts, DOI prefixes and hosts, remembered between batches: there are few, and each is asked for often. */
export function createNames(): Names {
  const known = new Map<string, number>();
  return {
    makeRoom() {
      if (known.size > REMEMBERED) known.clear();
    },
    async learn(tx, kind, names) {
      const fresh = [...new Set(names)].filter((name) => !known.has(kind + name));
      if (fresh.length === 0) return;
      for (const [name, id] of await nameIds(tx, kind, fresh)) known.set(kind + name, id);
    },
    of: (kind, name) => (name === null ? 0 : (known.get(kind + name) ?? 0)),
    forget: () => known.clear(),
  };
}
