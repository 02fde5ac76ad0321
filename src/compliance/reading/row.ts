import { doiOfCell, pmcidOfCell, pmidOfCell } from '../../identifiers/index.ts';
import type { Identifiers, ProvenanceEntry, Source } from '../record.ts';

/** What a row or an article of a list says, before anything is made of it. */
export interface ListedArticle {
  /** From 1; blank and ignored ones count. */
  pos: number;
  pmcid: string;
  pmid: string;
  doi: string;
  title: string;
  /** The other columns, by their keys. */
  extra: readonly (readonly [key: string, value: string])[];
  /** Numbers of surplus cells, from 1. */
  surplus?: readonly number[];
  /** Fields whose formula was never calculated. */
  formulas?: readonly string[];
}

export interface ReadRecord {
  pos: number;
  source: Source;
  given: Identifiers;
  notes: ProvenanceEntry[];
}

export type ReadRow = { record: ReadRecord } | { ignored: { pos: number; reason: string } };

const readers = { pmcid: pmcidOfCell, pmid: pmidOfCell, doi: doiOfCell } as const;
const names = { pmcid: 'PMCID', pmid: 'PMID', doi: 'DOI' } as const;
const identifierFields = ['pmcid', 'pmid', 'doi'] as const;

/** Longest part of a value that a note repeats. */
const longestQuote = 200;

/** Makes a record of a row: canonical identifiers, and a note for whatever was changed or refused (specification §3.5, §4). */
export function readRow(article: ListedArticle, when: string): ReadRow {
  const { pos, pmcid, pmid, doi, title, extra } = article;
  const note = (
    code: ProvenanceEntry['code'],
    text: string,
    params?: Record<string, unknown>,
  ): ProvenanceEntry => ({ by: 'importer', when, note: text, code, ...(params && { params }) });
  const notes: ProvenanceEntry[] = [];

  for (const field of article.formulas ?? [])
    notes.push(
      note(
        'cell.formula',
        `The cell "${field}" holds a formula without a calculated value and is blank here`,
        {
          column: field,
        },
      ),
    );
  if ([pmcid, pmid, doi, title].every(isBlank)) {
    const uncalculated = article.formulas?.length ? ' (a formula there was never calculated)' : '';
    return { ignored: { pos, reason: `no PMCID, PMID, DOI or title${uncalculated}` } };
  }
  if (article.surplus?.length)
    notes.push(
      note(
        'row.ragged',
        `The row has ${article.surplus.length} more filled cell${article.surplus.length === 1 ? '' : 's'} than the header; kept as ${article.surplus
          .map((n) => `"Column ${n}"`)
          .slice(0, 20)
          .join(', ')}`,
        { columns: article.surplus.slice(0, 20) },
      ),
    );

  const given: Identifiers = { pmcid: null, pmid: null, doi: null, title: isBlank(title) ? null : title };
  for (const field of identifierFields) {
    const value = article[field];
    if (isBlank(value)) continue;
    const canonical = readers[field](value);
    given[field] = canonical;
    if (canonical === null)
      notes.push(
        note(
          'id.invalid',
          `The ${names[field]} "${quoted(value)}" is not a valid ${names[field]} and is not used`,
          {
            field,
            value: quoted(value),
          },
        ),
      );
    else if (canonical !== value)
      notes.push(
        note('id.normalised', `The ${names[field]} "${quoted(value)}" is read as ${canonical}`, {
          field,
          from: quoted(value),
          to: canonical,
        }),
      );
  }
  const source = Object.fromEntries([
    ...Object.entries({ pmcid, pmid, doi, article_title: title }),
    ...extra,
  ]) as Source;
  return { record: { pos, source, given, notes } };
}

/** Also what only looks blank: non-breaking and zero-width spaces. */
const isBlank = (text: string): boolean => !/[^\s\u200b-\u200d\u2060\ufeff\u00ad]/.test(text);

function quoted(value: string): string {
  return value.length <= longestQuote ? value : `${value.slice(0, longestQuote).toWellFormed()}…`;
}
