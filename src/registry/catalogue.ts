import { type CatalogueBatch, createTermNumbers } from './catalogue-batch.ts';
import { createIdIndex } from './id-index.ts';
import type { RegistryRecord, StoredRecord } from './model/record.ts';
import { apiHostsOf, urlKeysOf } from './url-keys.ts';
import { termsOf } from './vocabularies/terms-of.ts';

/**
 * What is asked of the whole register at once, kept in memory and in step with it: how many records use a term, and which
 * records lie at an address.
 */
export function createCatalogue() {
  const seqs = new Map<string, number>();
  const pairs: { vocabulary: string; term: string; records: number }[] = [];
  const numbers = createTermNumbers();
  /** Of a pair in batches, by its number there. */
  const readNumbers: number[] = [];
  const byUrl = createIdIndex();
  const byHost = createIdIndex();

  function pairNumber(vocabulary: string, term: string): number {
    const number = numbers.numberOf(vocabulary, term);
    if (number === pairs.length) pairs.push({ vocabulary, term, records: 0 });
    return number;
  }

  function count(number: number, by: 1 | -1): void {
    const pair = pairs[number];
    if (pair) pair.records += by;
  }

  function forget({ id, register, admin }: RegistryRecord): void {
    for (const pair of termsOf(register)) count(pairNumber(...pair), -1);
    for (const key of urlKeysOf(register, admin)) byUrl.remove(key, id);
    for (const host of apiHostsOf(register)) byHost.remove(host, id);
  }

  return {
    /**
     * Takes a record in; false when a newer state of it is here already.
     * @param before the record as it was taken in before: what is kept of each is too much to keep twice
     */
    put({ record, seq }: StoredRecord, before: RegistryRecord | null): boolean {
      const { id, register, admin } = record;
      if ((seqs.get(id) ?? -1) >= seq) return false;
      if (before !== null) forget(before);
      seqs.set(id, seq);
      for (const pair of termsOf(register)) count(pairNumber(...pair), 1);
      for (const key of urlKeysOf(register, admin)) byUrl.add(key, id);
      for (const host of apiHostsOf(register)) byHost.add(host, id);
      return true;
    },
    /** Takes in what another thread has read of many records that are new; the batches of one reader in their order. */
    takeBatch(ids: readonly string[], batch: CatalogueBatch): void {
      for (const pair of batch.pairs) readNumbers.push(pairNumber(...pair));
      for (const number of batch.terms) count(readNumbers[number] ?? -1, 1);
      for (const [at, id] of ids.entries()) seqs.set(id, batch.seqs[at] ?? 0);
      for (const [key, at] of batch.urlKeys) byUrl.add(key, ids[at] ?? '');
      for (const [host, at] of batch.apiHosts) byHost.add(host, ids[at] ?? '');
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
    recordsAt: byUrl.idsOf,
    /** Ids of the records that have an API on a host, sorted. */
    recordsOn: byHost.idsOf,
    get size() {
      return seqs.size;
    },
  };
}

export type Catalogue = ReturnType<typeof createCatalogue>;
