import { doiOfCell } from '../../../identifiers/index.ts';
import { objectsOf, parseObject, textOf } from '../json.ts';

/** A work that CORE has a record of. */
export interface CoreWork {
  doi: string;
  /** Where CORE found or keeps its text. */
  urls: string[];
}

/** Reads an answer of the search for works; null when it is none. Works without a DOI cannot be matched and are left out. */
export function parseWorks(text: string): { total: number; works: CoreWork[] } | null {
  const answer = parseObject(text);
  const total = answer?.totalHits;
  if (answer === null || typeof total !== 'number' || !Array.isArray(answer.results)) return null;
  if (total > 0 && answer.results.length === 0) return null;
  const works = objectsOf(answer.results).flatMap((result) => {
    const doi = doiOfCell(textOf(result.doi) ?? '');
    return doi === null
      ? []
      : [{ doi, urls: urlsOf(result.downloadUrl, result.sourceFulltextUrls, result.links) }];
  });
  return { total, works };
}

function urlsOf(download: unknown, sources: unknown, links: unknown): string[] {
  const listed = objectsOf(links)
    .filter(({ type }) => type === 'display' || type === 'download')
    .map(({ url }) => url);
  const all = [download, ...(Array.isArray(sources) ? sources : [sources]), ...listed].map(textOf);
  return [...new Set(all.filter((url) => url !== null && /^https?:\/\//i.test(url)))].slice(
    0,
    20,
  ) as string[];
}
