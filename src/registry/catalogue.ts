import { urlKey } from '../identifiers/index.ts';
import { entriesOf, isObject, type JsonObject, objectOf, type StoredRecord, textOf } from './model/record.ts';
import { termsOf } from './vocabularies/terms-of.ts';

interface Entry {
  seq: number;
  /** Numbers of `[vocabulary, term]` pairs. */
  terms: Uint32Array;
  urlKeys: string[];
}

/**
 * What is asked of the whole register at once, kept in memory and in step with it: how many records use a term, and which
 * records lie at an address.
 */
export function createCatalogue() {
  const entries = new Map<string, Entry>();
  const pairs: { vocabulary: string; term: string; records: number }[] = [];
  const numberOf = new Map<string, number>();
  const idsByUrl = new Map<string, Set<string>>();

  function pairNumber(vocabulary: string, term: string): number {
    const key = `${vocabulary}\u0001${term}`;
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    pairs.push({ vocabulary, term, records: 0 });
    numberOf.set(key, pairs.length - 1);
    return pairs.length - 1;
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
      ids?.delete(id);
      if (ids?.size === 0) idsByUrl.delete(key);
    }
  }

  return {
    /** Takes a record in; false when a newer state of it is here already. */
    put({ record, seq }: StoredRecord): boolean {
      const before = entries.get(record.id);
      if (before && before.seq >= seq) return false;
      if (before) forget(record.id, before);
      const entry: Entry = {
        seq,
        terms: Uint32Array.from(termsOf(record.register), ([vocabulary, term]) =>
          pairNumber(vocabulary, term),
        ),
        urlKeys: urlKeysOf(record.register, record.admin),
      };
      entries.set(record.id, entry);
      count(entry.terms, 1);
      for (const key of entry.urlKeys) {
        const ids = idsByUrl.get(key) ?? new Set();
        idsByUrl.set(key, ids.add(record.id));
      }
      return true;
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
    recordsAt: (key: string): string[] => [...(idsByUrl.get(key) ?? [])].sort(),
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
