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
  /** `seenIn`: the number of the record that was counted last. */
  const types = new Map<string, Map<string, { records: number; seenIn: number }>>();
  let counted = 0;
  const at = (type: string, term: string) => {
    let terms = types.get(type);
    if (terms === undefined) {
      terms = new Map();
      types.set(type, terms);
    }
    let entry = terms.get(term);
    if (entry === undefined) {
      entry = { records: 0, seenIn: 0 };
      terms.set(term, entry);
    }
    return entry;
  };
  return {
    add(type: string, term: string, records: number): void {
      at(type, term).records += records;
    },
    /** Counts a record in, or out again. */
    count(register: Parameters<typeof eachPolicyTerm>[0], by: 1 | -1): void {
      counted++;
      eachPolicyTerm(register, (type, term) => {
        const entry = at(type, term);
        if (entry.seenIn === counted) return;
        entry.seenIn = counted;
        entry.records += by;
      });
    },
    list(): [type: string, term: string, records: number][] {
      return [...types].flatMap(([type, terms]) =>
        [...terms].map(([term, { records }]): [string, string, number] => [type, term, records]),
      );
    },
    /** Of one type, those that any record has. */
    of(type: string): Map<string, number> {
      const used = [...(types.get(type) ?? [])].filter(([, { records }]) => records > 0);
      return new Map(used.map(([term, { records }]) => [term, records]));
    },
  };
}
