import type { ListedArticle } from 'almanac/client';

export type Pasted = { kind: 'articles'; articles: ListedArticle[] } | { kind: 'table'; text: string };

const headings = /\b(doi|pmid|pmcid|pubmed|title|article|pmc id|pmc_id)\b/i;

/**
 * What somebody pasted: a table when its first line has headings, otherwise one article a line, each by the identifier
 * or title it is. Null when there is nothing.
 */
export function readPasted(text: string): Pasted | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const first = lines.find((line) => line !== '');
  if (first === undefined) return null;
  if (headings.test(first) && articleOf(first).title !== undefined && !/[.?!]$/.test(first)) {
    const isShort = first.split(/[,;\t]/).every((cell) => cell.trim().length <= 40);
    if (isShort) return { kind: 'table', text };
  }
  return { kind: 'articles', articles: lines.filter((line) => line !== '').map(articleOf) };
}

function articleOf(line: string): ListedArticle {
  const bare = line.replace(/^(doi|pmid|pmcid)\s*:\s*/i, '').replace(/^https?:\/\/(dx\.)?doi\.org\//i, '');
  if (/^10\.\d+\/\S+$/.test(bare)) return { doi: bare };
  if (/^PMC\s?\d+$/i.test(bare)) return { pmcid: bare };
  if (/^\d{1,9}$/.test(bare)) return { pmid: bare };
  return { title: line };
}
