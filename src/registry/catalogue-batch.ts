import type { StoredRecord } from './model/record.ts';
import { apiHostsOf, urlKeysOf } from './url-keys.ts';
import { eachTerm } from './vocabularies/terms-of.ts';

/** What the catalogue needs of some records. Can be sent to another thread. */
export interface CatalogueBatch {
  seqs: number[];
  /** `[vocabulary, term]` pairs met for the first time: they follow those of earlier batches. */
  pairs: [vocabulary: string, term: string][];
  /** Numbers of pairs, each as often as there are records that have it. */
  terms: Uint32Array<ArrayBuffer>;
  /** With the place of the record in the batch. */
  urlKeys: [key: string, at: number][];
  apiHosts: [host: string, at: number][];
}

/** Numbers `[vocabulary, term]` pairs in the order in which they are met. */
export function createTermNumbers() {
  const known = new Map<string, Map<string, number>>();
  let count = 0;
  return {
    numberOf(vocabulary: string, term: string): number {
      let terms = known.get(vocabulary);
      if (terms === undefined) {
        terms = new Map();
        known.set(vocabulary, terms);
      }
      const number = terms.get(term) ?? count;
      if (number === count) {
        terms.set(term, number);
        count++;
      }
      return number;
    },
  };
}

/** The half of the catalogue's work that needs nothing but the records. */
export function createCatalogueReader() {
  const numbers = createTermNumbers();
  let met = 0;
  let terms: number[] = [];
  /** By pair: how many records had been read when it was met last. */
  const lastMet: number[] = [];
  let records = 0;
  let batch = emptyBatch();
  return {
    read({ record, seq }: StoredRecord): void {
      records++;
      eachTerm(record.register, (vocabulary, term) => {
        const number = numbers.numberOf(vocabulary, term);
        if (number === met) {
          met++;
          batch.pairs.push([vocabulary, term]);
        }
        if (lastMet[number] === records) return;
        lastMet[number] = records;
        terms.push(number);
      });
      const at = batch.seqs.push(seq) - 1;
      for (const key of urlKeysOf(record.register, record.admin)) batch.urlKeys.push([key, at]);
      for (const host of apiHostsOf(record.register)) batch.apiHosts.push([host, at]);
    },
    /** What was read since this was called last. */
    takeBatch(): CatalogueBatch {
      const taken = { ...batch, terms: Uint32Array.from(terms) };
      terms = [];
      batch = emptyBatch();
      return taken;
    },
  };
}

const emptyBatch = (): Omit<CatalogueBatch, 'terms'> => ({ seqs: [], pairs: [], urlKeys: [], apiHosts: [] });
