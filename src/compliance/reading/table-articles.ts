import { readTable, type Table, type TableFault } from '../../platform/table/index.ts';
import { type ExtraColumn, fieldOfHeader, headerFault, readColumns, uniqueKey } from './headers.ts';
import type { ListedArticle } from './row.ts';

/** How a table was read, as far as its sender may want to know. */
export interface Reading {
  kind: 'csv' | 'xlsx';
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  /** Headers of further columns for a field that has one already. */
  doubled: string[];
}

export interface ListedTable {
  ok: true;
  reading: Reading;
  /** Grows while the articles are read: rows may have more cells than the header. */
  extras: ExtraColumn[];
  /** Throws `TableError`. */
  articles: AsyncIterable<ListedArticle>;
}

/** Reads a table of articles; CSV in constant memory. `detail` of a fault is a sentence for whoever sent it. */
export async function readTableArticles(
  open: () => AsyncIterable<Uint8Array>,
): Promise<ListedTable | { ok: false; detail: string }> {
  const table = await readTable(open, { recognise: (header) => fieldOfHeader(header) !== null });
  if (!table.ok) return { ok: false, detail: explained(table) };
  const columns = readColumns(table.header);
  if (columns === null) return { ok: false, detail: headerFault(table.header) };
  const extras = columns.places.flatMap((place) => ('extra' in place ? [place.extra] : []));
  const { kind, encoding, delimiter, sheet } = table;
  return {
    ok: true,
    reading: {
      kind,
      ...(encoding !== undefined && { encoding }),
      ...(delimiter !== undefined && { delimiter }),
      ...(sheet !== undefined && { sheet }),
      doubled: columns.doubled,
    },
    extras,
    articles: articlesOf(table, columns.places, extras),
  };
}

async function* articlesOf(
  table: Table,
  places: NonNullable<ReturnType<typeof readColumns>>['places'],
  extras: ExtraColumn[],
): AsyncGenerator<ListedArticle> {
  const keys = new Set(['pmcid', 'pmid', 'doi', 'article_title', ...extras.map(({ key }) => key)]);
  const surplusColumns = new Map<number, ExtraColumn>();
  const surplusColumn = (at: number): ExtraColumn => {
    let column = surplusColumns.get(at);
    if (column === undefined) {
      const header = `Column ${at + 1}`;
      column = { key: uniqueKey(header, keys), header };
      surplusColumns.set(at, column);
      extras.push(column);
    }
    return column;
  };
  for await (const { position, cells, formulas } of table.rows) {
    const article = { pos: position, pmcid: '', pmid: '', doi: '', title: '' };
    const extra: [string, string][] = [];
    const surplus: number[] = [];
    for (const [at, place] of places.entries()) {
      const cell = cells[at] ?? '';
      if ('field' in place) article[place.field] = cell;
      else extra.push([place.extra.key, cell]);
    }
    for (let at = places.length; at < cells.length; at += 1) {
      const cell = cells[at] ?? '';
      if (cell.trim() === '') continue;
      surplus.push(at + 1);
      extra.push([surplusColumn(at).key, cell]);
    }
    yield {
      ...article,
      extra,
      surplus,
      ...(formulas?.length && { formulas: formulas.map((at) => table.header[at] ?? `Column ${at + 1}`) }),
    };
  }
}

const remedies: Record<TableFault['fault'], string> = {
  empty: 'Send a table with a header and a row for each article',
  old_xls: 'Open it and save it as XLSX or CSV',
  web_page: 'Perhaps a sign-in page was saved instead of the file; send CSV or XLSX',
  binary: 'Send CSV or XLSX',
  open_quote: 'Close the quote, or take it out, and send the file again',
  too_large:
    'Shorten it, or split the list and send the parts one by one (100 MiB, 100,000 rows, 1,000 columns, a megabyte in a row at most)',
  malformed: 'Open it in a spreadsheet program, save it as XLSX or CSV, and send that',
};

/** What is wrong and what to do, as two sentences. */
export function explained({ fault, detail }: Pick<TableFault, 'fault' | 'detail'>): string {
  return `${detail}. ${remedies[fault]}`;
}
