import type { ComplianceRecord } from 'almanac/client';
import { isObject } from '../differences/json.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** What is kept of each record to filter and count by: a job may hold 100,000 of them. */
export interface Outcome {
  position: number;
  title: string;
  identifiers: string[];
  licence: string;
  journalType: string;
  aam: Answer;
  verdicts: Record<string, Answer>;
  codes: string[];
}

export function outcomeOf({
  upload,
  identifiers,
  compliance,
  verdicts = {},
  provenance,
}: ComplianceRecord): Outcome {
  const { pmcid, pmid, doi, title } = identifiers;
  return {
    position: upload.pos,
    title: title ?? '',
    identifiers: [pmcid, pmid, doi].filter((one): one is string => typeof one === 'string' && one !== ''),
    licence: textIn(isObject(compliance.licence) ? compliance.licence.type : null) ?? 'unknown',
    journalType: textIn(compliance.journal_type) ?? 'unknown',
    aam: answerOf(compliance.epmc_aam),
    verdicts: Object.fromEntries(
      Object.entries(verdicts).map(([policy, { compliant }]) => [policy, answerIn(compliant)]),
    ),
    codes: [...new Set(provenance.map(({ code }) => code))],
  };
}

const textIn = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

export function answerIn(text: string): Answer {
  return text === 'yes' || text === 'no' ? text : 'unknown';
}

/** Null is not known; never the same as no. */
export function answerOf(value: unknown): Answer {
  if (value === true) return 'yes';
  return value === false ? 'no' : 'unknown';
}
