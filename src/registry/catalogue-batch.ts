import type { StoredRecord } from './model/record.ts';
import { apiHostsOf, urlKeysOf } from './url-keys.ts';
import { eachPolicyTerm } from './vocabularies/terms-of.ts';

/** What the catalogue needs of some records. Can be sent to another thread. */
export interface CatalogueBatch {
  seqs: number[];
  /** Each pair as often as there are records that have it. */
  policyTerms: [type: string, term: string, records: number][];
  urlKeys: KeysOfRecords;
  apiHosts: KeysOfRecords;
}

/** Keys, and for each the place of its record in the batch. Two lists, which are sent in half the time that pairs take. */
interface KeysOfRecords {
  keys: string[];
  places: number[];
}

/** The half of the catalogue's work that needs nothing but the records. */
export function createCatalogueReader() {
  let batch = emptyBatch();
  let counts = createPolicyTerms();
  return {
    read({ record, seq }: StoredRecord): void {
      const at = batch.seqs.push(seq) - 1;
      counts.count(record.register, 1);
      note(batch.urlKeys, urlKeysOf(record.register, record.admin), at);
      note(batch.apiHosts, apiHostsOf(record.register), at);
    },
    /** What was read since this was called last. */
    takeBatch(): CatalogueBatch {
      const taken = { ...batch, policyTerms: counts.list() };
      batch = emptyBatch();
      counts = createPolicyTerms();
      return taken;
    },
  };
}

const emptyBatch = (): Omit<CatalogueBatch, 'policyTerms'> => ({
  seqs: [],
  urlKeys: { keys: [], places: [] },
  apiHosts: { keys: [], places: [] },
});

function note({ keys, places }: KeysOfRecords, more: readonly string[], at: number): void {
  for (const key of more) {
    keys.push(key);
    places.push(at);
  }
}

/** How many records have each term under each type of policy. */
export function createPolicyTerms() {
  const types = new Map<string, Map<string, number>>();
  const add = (type: string, term: string, records: number) => {
    const terms = types.get(type) ?? new Map<string, number>();
    types.set(type, terms);
    terms.set(term, (terms.get(term) ?? 0) + records);
  };
  return {
    add,
    /** Counts a record in, or out again. */
    count(register: Parameters<typeof eachPolicyTerm>[0], by: 1 | -1): void {
      const seen = new Map<string, Set<string>>();
      eachPolicyTerm(register, (type, term) => {
        const own = seen.get(type) ?? new Set();
        if (own.has(term)) return;
        seen.set(type, own.add(term));
        add(type, term, by);
      });
    },
    list(): [type: string, term: string, records: number][] {
      return [...types].flatMap(([type, terms]) =>
        [...terms].map(([term, records]): [string, string, number] => [type, term, records]),
      );
    },
    /** Of one type, those that any record has. */
    of(type: string): Map<string, number> {
      return new Map([...(types.get(type) ?? [])].filter(([, records]) => records > 0));
    },
  };
}
