import { type CatalogueBatch, createTermNumbers } from './catalogue-batch.ts';
import type { StoredRecord } from './model/record.ts';
import { urlKeysOf } from './url-keys.ts';
import { termsOf } from './vocabularies/terms-of.ts';

interface Entry {
  seq: number;
  /** Numbers of `[vocabulary, term]` pairs. */
  terms: Uint32Array;
  urlKeys: readonly string[];
}

/**
 * What is asked of the whole register at once, kept in memory and in step with it: how many records use a term, and which
 * records lie at an address.
 */
export function createCatalogue() {
  const entries = new Map<string, Entry>();
  const pairs: { vocabulary: string; term: string; records: number }[] = [];
  const numbers = createTermNumbers();
  /** Of a pair in batches, by its number there. */
  const readNumbers: number[] = [];
  /** Most addresses have one record: its bare id. */
  const idsByUrl = new Map<string, string | Set<string>>();

  function pairNumber(vocabulary: string, term: string): number {
    const number = numbers.numberOf(vocabulary, term);
    if (number === pairs.length) pairs.push({ vocabulary, term, records: 0 });
    return number;
  }

  function count(terms: Uint32Array, by: 1 | -1): void {
    for (const number of terms) {
      const pair = pairs[number];
      if (pair) pair.records += by;
    }
  }

  function forget(id: string, entry: Entry): void {
    count(entry.terms, -1);
    for (const key of entry.urlKeys) {
      const ids = idsByUrl.get(key);
      if (typeof ids === 'object') ids.delete(id);
      if (ids === id || (typeof ids === 'object' && ids.size === 0)) idsByUrl.delete(key);
    }
  }

  function find(key: string, id: string): void {
    const ids = idsByUrl.get(key);
    if (ids === undefined) idsByUrl.set(key, id);
    else if (typeof ids === 'string') idsByUrl.set(key, new Set([ids, id]));
    else ids.add(id);
  }

  function take(id: string, entry: Entry): boolean {
    const before = entries.get(id);
    if (before && before.seq >= entry.seq) return false;
    if (before) forget(id, before);
    entries.set(id, entry);
    count(entry.terms, 1);
    for (const key of entry.urlKeys) find(key, id);
    return true;
  }

  return {
    /** Takes a record in; false when a newer state of it is here already. */
    put({ record, seq }: StoredRecord): boolean {
      const terms = termsOf(record.register).map((pair) => pairNumber(...pair));
      const urlKeys = urlKeysOf(record.register, record.admin);
      return take(record.id, { seq, terms: Uint32Array.from(terms), urlKeys });
    },
    /** Takes in what another thread has read of many records; the batches of one reader in their order. */
    takeBatch(ids: readonly string[], batch: CatalogueBatch): void {
      for (const pair of batch.pairs) readNumbers.push(pairNumber(...pair));
      let start = 0;
      for (const [at, id] of ids.entries()) {
        const end = batch.ends[at] ?? start;
        const terms = batch.terms.subarray(start, end).map((number) => readNumbers[number] ?? 0);
        take(id, { seq: batch.seqs[at] ?? 0, terms, urlKeys: batch.urlKeys[at] ?? [] });
        start = end;
      }
    },
    /** Records by term. */
    inUse(vocabulary: string): Map<string, number> {
      return new Map(
        pairs
          .filter((pair) => pair.vocabulary === vocabulary && pair.records > 0)
          .map(({ term, records }) => [term, records]),
      );
    },
    /** Ids of the records at an address, sorted. */
    recordsAt(key: string): string[] {
      const ids = idsByUrl.get(key) ?? [];
      return typeof ids === 'string' ? [ids] : [...ids].sort();
    },
    get size() {
      return entries.size;
    },
  };
}

export type Catalogue = ReturnType<typeof createCatalogue>;
