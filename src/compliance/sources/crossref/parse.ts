import { parseIssn } from '../../../identifiers/index.ts';
import type { Licence } from '../../licences/licence.ts';
import { licencesOfUrls } from '../../licences/licence-url.ts';
import { asList, asObject, objectsOf, parseObject, textOf } from '../json.ts';

/** What Crossref has of a work: its publisher's word. */
export interface CrossrefWork {
  title: string | null;
  publisher: string | null;
  journal: string | null;
  issns: string[];
  /** `YYYY-MM-DD`; a missing month or day is 01. */
  published: string | null;
  licences: CrossrefLicence[];
}

export interface CrossrefLicence {
  version: string;
  /** `YYYY-MM-DD` from which it holds; null: not stated. */
  from: string | null;
  licences: Licence[];
}

/** Reads an answer for one DOI; null when it is none. */
export function parseWork(text: string): CrossrefWork | null {
  const answer = parseObject(text);
  const message = asObject(answer?.message);
  if (answer?.status !== 'ok' || message === null || textOf(message.DOI) === null) return null;
  const issns = asList(message.ISSN).map((issn) => parseIssn(textOf(issn) ?? ''));
  return {
    title: textOf(asList(message.title)[0]),
    publisher: textOf(message.publisher),
    journal: textOf(asList(message['container-title'])[0]),
    issns: [...new Set(issns.filter((issn) => issn !== null))],
    published: dateParts(message.published) ?? dateParts(message.issued),
    licences: objectsOf(message.license).map((entry) => ({
      version: textOf(entry['content-version']) ?? 'unspecified',
      from: dateParts(entry.start),
      licences: licencesOfUrls(textOf(entry.URL) ?? ''),
    })),
  };
}

/** The licence of the version of record, else of one that is not specified, that holds on that day (§5.6). Never of `am` or `tdm`. */
export function licencesOnDay(work: CrossrefWork, day: string): Licence[] {
  for (const version of ['vor', 'unspecified']) {
    const found = work.licences
      .filter((entry) => entry.version === version && (entry.from === null || entry.from <= day))
      .flatMap((entry) => entry.licences);
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

function dateParts(value: unknown): string | null {
  const [year, month, day] = asList(asList(asObject(value)?.['date-parts'])[0]);
  if (typeof year !== 'number' || !Number.isInteger(year)) return null;
  const two = (part: unknown) => String(typeof part === 'number' ? part : 1).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
