import { urlKey } from '../identifiers/index.ts';
import { entriesOf, isObject, type JsonObject, objectOf, type StoredRecord, textOf } from './model/record.ts';
import { termsOf } from './vocabularies/terms-of.ts';

interface Entry {
  seq: number;
  /** Numbers of `[vocabulary, term]` pairs. */
  terms: Uint32Array;
  urlKeys: readonly string[];
}

/** What the catalogue keeps of a record. */
export interface CatalogueEntry {
  id: string;
  seq: number;
  terms: readonly [vocabulary: string, term: string][];
  urlKeys: readonly string[];
}

export const catalogueEntryOf = ({ record, seq }: StoredRecord): CatalogueEntry => ({
  id: record.id,
  seq,
  terms: termsOf(record.register),
  urlKeys: urlKeysOf(record.register, record.admin),
});

/**
 * What is asked of the whole register at once, kept in memory and in step with it: how many records use a term, and which
 * records lie at an address.
 */
export function createCatalogue() {
  const entries = new Map<string, Entry>();
  const pairs: { vocabulary: string; term: string; records: number }[] = [];
  const numberOf = new Map<string, Map<string, number>>();
  /** Most addresses have one record: its bare id. */
  const idsByUrl = new Map<string, string | Set<string>>();

  function pairNumber(vocabulary: string, term: string): number {
    let terms = numberOf.get(vocabulary);
    if (terms === undefined) {
      terms = new Map();
      numberOf.set(vocabulary, terms);
    }
    const known = terms.get(term);
    if (known !== undefined) return known;
    terms.set(term, pairs.length);
    return pairs.push({ vocabulary, term, records: 0 }) - 1;
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

  /** Takes an entry in; false when a newer state of it is here already. */
  function take({ id, seq, terms, urlKeys }: CatalogueEntry): boolean {
    const before = entries.get(id);
    if (before && before.seq >= seq) return false;
    if (before) forget(id, before);
    const numbers = new Uint32Array(terms.length);
    for (const [at, [vocabulary, term]] of terms.entries()) numbers[at] = pairNumber(vocabulary, term);
    entries.set(id, { seq, terms: numbers, urlKeys });
    count(numbers, 1);
    for (const key of urlKeys) find(key, id);
    return true;
  }

  return {
    take,
    /** Takes a record in; false when a newer state of it is here already. */
    put: (stored: StoredRecord): boolean => take(catalogueEntryOf(stored)),
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

/** Keys of every home page a record has or had been redirected to. */
export function urlKeysOf(register: JsonObject, admin: Record<string, JsonObject> = {}): string[] {
  const urls = entriesOf(register, 'metadata').map((entry) => textOf(objectOf(entry, 'record'), 'url'));
  const home = objectOf(admin.harvest, 'home');
  urls.push(textOf(home, 'url'), textOf(home, 'final_url'));
  const links = admin.linkcheck?.links;
  for (const link of Array.isArray(links) ? links.filter(isObject) : []) {
    if (isHomePage(textOf(link, 'field'))) urls.push(textOf(link, 'url'), textOf(link, 'final_url'));
  }
  const keys = urls.map((url) => (url === null ? null : urlKey(url)));
  return [...new Set(keys.filter((key) => key !== null))];
}

const isHomePage = (field: string | null) =>
  field !== null && /metadata.*record.*\burl$/.test(field) && !field.includes('policy');
