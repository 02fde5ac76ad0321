import { normaliseTitle } from '../../fulltext/titles.ts';

/** The questions of Europe PMC's search; the key of each is what is looked for. */
export const searches = [
  'search.pmcid',
  'search.pmid',
  'search.doi',
  'search.title',
  'search.words',
] as const;
export type Search = (typeof searches)[number];

/** Queries longer than this are refused by some servers on the way (URLs of 8 KiB and more). */
const MOST_WORDS = 60;
const LONGEST_TITLE = 1_000;

/** The query of one key (§5.1). Nothing in a key can end the phrase or the group it stands in. */
export function queryOf(search: Search, key: string): string {
  switch (search) {
    case 'search.pmcid':
      return `PMCID:${safeId(key)}`;
    case 'search.pmid':
      return `EXT_ID:${safeId(key)} AND SRC:MED`;
    case 'search.doi':
      return `DOI:"${key.replace(/[\\"]/g, '\\$&')}"`;
    case 'search.title':
      return `TITLE:"${phraseOf(key)}"`;
    case 'search.words':
      return `TITLE:(${wordsOf(key).join(' ')})`;
  }
}

/** One query for several keys; every hit is matched back by its own id. */
export function batchQueryOf(search: Search, keys: readonly string[]): string {
  const queries = keys.map((key) => queryOf(search, key));
  return (search === 'search.pmid' && keys.length > 1 ? queries.map((query) => `(${query})`) : queries).join(
    ' OR ',
  );
}

/** The title as a phrase: quotes and backslashes removed. */
function phraseOf(title: string): string {
  return title
    .replace(/[\\"“”]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_TITLE);
}

/** Words only, so that no word of the title is an operator of the query language: all are in lower case. */
function wordsOf(title: string): string[] {
  return normaliseTitle(title).split(' ').slice(0, MOST_WORDS);
}

/** Ids of these two are digits with at most `PMC` before them; anything else is a fault of the caller. */
function safeId(key: string): string {
  if (!/^(?:PMC)?\d{1,10}$/.test(key)) throw new TypeError(`not an id of Europe PMC: ${JSON.stringify(key)}`);
  return key;
}
