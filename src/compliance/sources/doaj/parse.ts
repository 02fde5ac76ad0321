import { parseIssn } from '../../../identifiers/index.ts';
import { asObject, dateOf, objectsOf, parseObject, textOf } from '../json.ts';

/** A journal in DOAJ, as far as the question of open access goes. */
export interface DoajJournal {
  title: string | null;
  publisher: string | null;
  /** Year since which everything in it is open; null: not stated. */
  openSince: number | null;
  /** `YYYY-MM-DD` on which it ended; null: it goes on. */
  discontinued: string | null;
}

/**
 * Reads an answer of the search for an ISSN: the journals that carry exactly this ISSN (the search also finds others).
 * Null when it is no answer of DOAJ.
 */
export function parseSearch(text: string, issn: string): DoajJournal[] | null {
  const answer = parseObject(text);
  if (answer === null || !Array.isArray(answer.results) || typeof answer.total !== 'number') return null;
  if (answer.total > 0 && answer.results.length === 0) return null;
  return objectsOf(answer.results)
    .map((result) => asObject(result.bibjson) ?? {})
    .filter((bib) => [bib.pissn, bib.eissn].some((own) => parseIssn(textOf(own) ?? '') === issn))
    .map((bib) => ({
      title: textOf(bib.title),
      publisher: textOf(asObject(bib.publisher)?.name) ?? textOf(bib.publisher),
      openSince: yearOf(bib.oa_start),
      discontinued: dateOf(bib.discontinued_date),
    }));
}

/** `2014`, `"2014"`, or the object with a `year` that version 1 of the API gave. */
function yearOf(value: unknown): number | null {
  const text = textOf(asObject(value)?.year ?? value);
  const year = /^(\d{4})/.exec(text ?? '')?.[1];
  return year === undefined ? null : Number(year);
}

/** Whether a journal was open, and still appeared, when an article of that day came out; an unknown day is given the benefit. */
export function wasOpen(journal: DoajJournal, published: string | null): boolean {
  if (published === null) return true;
  if (journal.discontinued !== null && journal.discontinued < published) return false;
  return journal.openSince === null || journal.openSince <= Number(published.slice(0, 4));
}
