/** The columns that say which article is meant. */
export const identifyingFields = ['pmcid', 'pmid', 'doi', 'title'] as const;
export type IdentifyingField = (typeof identifyingFields)[number];

/** Headers that are taken, as `simplified` leaves them (specification §3.4). */
const accepted: Record<IdentifyingField, readonly string[]> = {
  pmcid: ['pmcid', 'pmc', 'pmcids', 'pubmedcentralid', 'pubmedcentral', 'pmcnumber'],
  pmid: ['pmid', 'pmids', 'pubmedid', 'pubmed'],
  doi: ['doi', 'dois', 'articledoi', 'digitalobjectidentifier', 'doiurl'],
  title: ['articletitle', 'title', 'papertitle', 'publicationtitle', 'titleofarticle'],
};

const fieldOfName = new Map(
  identifyingFields.flatMap((field) => accepted[field].map((name) => [name, field] as const)),
);

/** Which article's identifier a column holds by its header; null: it is some other column. */
export function fieldOfHeader(header: string): IdentifyingField | null {
  return fieldOfName.get(simplified(header)) ?? null;
}

function simplified(header: string): string {
  // Longer than any header that is taken, and a cell may have a megabyte.
  let text = header.slice(0, 2_000).normalize('NFKC').toLowerCase();
  // Innermost parentheses first; one that never closes goes to the end.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\([^()]*\)/g, '');
  }
  return text.replace(/\(.*$/s, '').replace(/[^\p{L}\p{N}]/gu, '');
}

/** One of the columns that are kept as they are: `key` names it in a record's `source`, `header` is what stood above it. */
export interface ExtraColumn {
  key: string;
  header: string;
}

export interface Columns {
  /** What each cell of a row is, by its place. */
  places: readonly ({ field: IdentifyingField } | { extra: ExtraColumn })[];
  /** Headers of columns whose field another column before them already holds. */
  doubled: string[];
}

/** Reads a header; null when no column says which article is meant. */
export function readColumns(header: readonly string[]): Columns | null {
  const taken = new Set<IdentifyingField>();
  const keys = new Set<string>(sourceKeys);
  const doubled: string[] = [];
  const places = header.map((text, at) => {
    const field = fieldOfHeader(text);
    if (field !== null && !taken.has(field)) {
      taken.add(field);
      return { field };
    }
    if (field !== null) doubled.push(text);
    return { extra: { key: uniqueKey(text.trim() === '' ? `Column ${at + 1}` : text, keys), header: text } };
  });
  return taken.size === 0 ? null : { places, doubled };
}

/** The names the four fields have in a record's `source`. */
const sourceKeys = ['pmcid', 'pmid', 'doi', 'article_title'] as const;

/** A name that is not among `keys` yet; it is added to them. */
export function uniqueKey(name: string, keys: Set<string>): string {
  let key = name;
  for (let n = 2; keys.has(key); n += 1) key = `${name} (${n})`;
  keys.add(key);
  return key;
}

/** For a list without any of the columns: what was found, and what would be taken. */
export function headerFault(header: readonly string[]): string {
  const found = header
    .slice(0, 30)
    .map((text) => `"${text.replace(/\s+/g, ' ').slice(0, 60)}"`)
    .join(', ');
  const taken =
    'PMCID, PMID, DOI, Article title (also as "PubMed Central ID", "PubMed ID", "Title" and the like)';
  return `no column says which article a row is about. Headers found: ${found}${header.length > 30 ? ', …' : ''}. Headers accepted: ${taken}. Name at least one column so`;
}
