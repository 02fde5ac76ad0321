import { doiOfCell, parseIssn, pmcidOfCell, pmidOfCell } from '../../../identifiers/index.ts';
import type { JsonObject } from '../json.ts';
import { asObject, dateOf, flagOf, objectsOf, parseObject, textOf } from '../json.ts';

/** What Europe PMC knows of an article (§5.2). null: it did not say, which old answers often do not. */
export interface EpmcArticle {
  /** `MED`, `PMC`, `PPR`, … */
  source: string | null;
  id: string | null;
  pmcid: string | null;
  pmid: string | null;
  doi: string | null;
  title: string | null;
  inEpmc: boolean | null;
  isOpenAccess: boolean | null;
  /** `authMan`, `epmcAuthMan`, `nihAuthMan`. */
  manuscriptFlags: (boolean | null)[];
  licence: string | null;
  issns: string[];
  journal: string | null;
  /** `YYYY-MM-DD`. */
  published: string | null;
  embargoUntil: string | null;
}

export interface SearchPage {
  hitCount: number;
  articles: EpmcArticle[];
}

/** Reads an answer of the search; null when it is none: HTML, half of one, an error in JSON. */
export function parseSearch(text: string): SearchPage | null {
  const answer = parseObject(text);
  const list = asObject(answer?.resultList)?.result;
  const hitCount = answer?.hitCount;
  if (typeof hitCount !== 'number' || !Array.isArray(list)) return null;
  // Hits without results would be read as "not found" although something was.
  if (hitCount > 0 && list.length === 0) return null;
  return { hitCount, articles: objectsOf(list).map(parseArticle) };
}

export function parseArticle(result: JsonObject): EpmcArticle {
  const journal = asObject(asObject(result.journalInfo)?.journal);
  const pmid = pmidOfCell(textOf(result.pmid) ?? (result.source === 'MED' ? (textOf(result.id) ?? '') : ''));
  return {
    source: textOf(result.source),
    id: textOf(result.id),
    pmcid: pmcidOfCell(textOf(result.pmcid) ?? (result.source === 'PMC' ? (textOf(result.id) ?? '') : '')),
    pmid,
    doi: doiOfCell(textOf(result.doi) ?? ''),
    title: textOf(result.title),
    inEpmc: flagOf(result.inEPMC),
    isOpenAccess: flagOf(result.isOpenAccess),
    manuscriptFlags: [result.authMan, result.epmcAuthMan, result.nihAuthMan].map(flagOf),
    licence: textOf(result.license),
    issns: issnsOf(journal?.issn, journal?.essn),
    journal: textOf(journal?.title),
    published:
      dateOf(result.firstPublicationDate) ??
      dateOf(asObject(result.journalInfo)?.printPublicationDate) ??
      dateOf(result.electronicPublicationDate) ??
      dateOf(textOf(result.pubYear)),
    embargoUntil: dateOf(result.embargoDate),
  };
}

/** Print before electronic, each once. */
function issnsOf(...values: unknown[]): string[] {
  const issns = values.map((value) => parseIssn(textOf(value) ?? '')).filter((issn) => issn !== null);
  return [...new Set(issns)];
}
