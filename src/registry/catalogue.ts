import { type CatalogueBatch, createPolicyTerms } from './catalogue-batch.ts';
import { createIdIndex } from './id-index.ts';
import type { RegistryRecord, StoredRecord } from './model/record.ts';
import { apiHostsOf, urlKeysOf } from './url-keys.ts';

/**
 * What is asked of the whole register at once beside queries, kept in memory and in step with it: which records lie at an
 * address, and how many use a term under a type of policy.
 */
export function createCatalogue() {
  const seqs = new Map<string, number>();
  const policyTerms = createPolicyTerms();
  const byUrl = createIdIndex();
  const byHost = createIdIndex();

  function forget({ id, register, admin }: RegistryRecord): void {
    policyTerms.count(register, -1);
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
      policyTerms.count(register, 1);
      for (const key of urlKeysOf(register, admin)) byUrl.add(key, id);
      for (const host of apiHostsOf(register)) byHost.add(host, id);
      return true;
    },
    /** Takes in what another thread has read of many records that are new. */
    takeBatch(ids: readonly string[], batch: CatalogueBatch): void {
      for (const [at, id] of ids.entries()) seqs.set(id, batch.seqs[at] ?? 0);
      for (const pair of batch.policyTerms) policyTerms.add(...pair);
      takeKeys(byUrl, batch.urlKeys, ids);
      takeKeys(byHost, batch.apiHosts, ids);
    },
    /** How many records have each term under a type of policy. */
    policyTermsOf: policyTerms.of,
    /** Ids of the records at an address, sorted. */
    recordsAt: byUrl.idsOf,
    /** Ids of the records that have an API on a host, sorted. */
    recordsOn: byHost.idsOf,
    get size() {
      return seqs.size;
    },
  };
}

function takeKeys(
  index: ReturnType<typeof createIdIndex>,
  { keys, places }: CatalogueBatch['urlKeys'],
  ids: readonly string[],
): void {
  for (const [at, key] of keys.entries()) index.add(key, ids[places[at] ?? 0] ?? '');
}

export type Catalogue = ReturnType<typeof createCatalogue>;
