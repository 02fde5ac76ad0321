import { isoSeconds } from '../../platform/http/index.ts';
import { blankResolution } from '../blank.ts';
import type { ProvenanceEntry, Upstream } from '../record.ts';
import type { ArticleDraft, Asking, Resolution, Resolve } from '../resolution-contract.ts';
import type { JobOptions } from './jobs.store.ts';
import { type RememberedAnswers, rememberAnswers } from './memory-of-answers.ts';
import type { FinishedRecord, LeasedRecord } from './records.store.ts';
import { nextRetry } from './retry-schedule.ts';

export interface RecordWork {
  resolve: Resolve;
  now(): number;
  /** Told of what should not happen. */
  onFault(error: unknown, record: LeasedRecord): void;
}

/**
 * Works on one record to its end: whatever happens, it is finished then, with what is known. Null only when the process
 * stops meanwhile.
 */
export async function workOnRecord(
  { resolve, now, onFault }: RecordWork,
  record: LeasedRecord,
  options: JobOptions,
  asking: Asking,
  signal: AbortSignal,
): Promise<FinishedRecord | null> {
  const memory = rememberAnswers(asking, record.answers);
  const draft: ArticleDraft = {
    identifiers: record.given,
    policies: options.policies,
    panel: options.panel,
    publisherPages: options.publisher_pages,
  };
  let resolution: Resolution;
  try {
    resolution = await resolve(draft, memory.asking);
  } catch (error) {
    if (signal.aborted) return null;
    onFault(error, record);
    resolution = failed(record, isoSeconds(new Date(now())));
  }
  const { parked, ...kept } = resolution;
  const isRetry = record.resolution !== null;
  const notes = isRetry
    ? [...kept.notes, ...history(record, parked, memory, isoSeconds(new Date(now())))]
    : kept.notes;
  const retries = isRetry ? record.retries + 1 : 0;
  return {
    job_id: record.job_id,
    pos: record.pos,
    resolution: { ...kept, notes },
    parked,
    answers: parked.length === 0 ? null : memory.answers(),
    retryAt: parked.length === 0 ? null : nextRetry(retries, now()),
    retries,
  };
}

/** A fault of ours leaves what was known before, or nothing; it is said, and never stands in the way of the job. */
function failed(record: LeasedRecord, when: string): Resolution {
  const before = record.resolution ?? blankResolution(record.given);
  return { ...before, notes: [...before.notes, failureNote(when)], parked: [] };
}

/** A finished record whose resolution cannot be stored: it is finished without one. */
export function failedRecord(record: FinishedRecord, now: number): FinishedRecord {
  const { parked: _, ...blank } = blankResolution({ pmcid: null, pmid: null, doi: null, title: null });
  return {
    ...record,
    resolution: { ...blank, notes: [failureNote(isoSeconds(now))] },
    parked: [],
    answers: null,
    retryAt: null,
    isFailure: true,
  };
}

const failureNote = (when: string): ProvenanceEntry => ({
  by: 'processor',
  when,
  note: 'Something went wrong while this record was worked on; what could not be found out stays unknown',
  code: 'processor.failed',
});

/** That a source was away, and that it came back. What is no longer asked, since others have told enough, is not spoken of. */
function history(
  record: LeasedRecord,
  parked: Resolution['parked'],
  { knows }: Pick<RememberedAnswers, 'knows'>,
  when: string,
): ProvenanceEntry[] {
  const still = new Set(parked.map(({ source }) => source));
  const recovered = new Set(
    (record.parked ?? [])
      .filter((question) => knows(question) && !still.has(question.source))
      .map(({ source }) => source),
  );
  const before = record.resolution?.notes ?? [];
  const cameBack = new Set(before.filter(({ code }) => code.endsWith('.recovered')).map(({ by }) => by));
  const earlier = before.filter(
    ({ code, by }) =>
      /\.(unavailable|recovered)$/.test(code) &&
      (cameBack.has(by) || recovered.has(by as Upstream)) &&
      !still.has(by as Upstream),
  );
  return [
    ...earlier,
    ...[...recovered].map(
      (source): ProvenanceEntry => ({
        by: source,
        when,
        note: `${sourceNames[source]} answers again; this record was completed`,
        code: `${source}.recovered`,
      }),
    ),
  ];
}

/** How sources are called in sentences. */
export const sourceNames: Record<Upstream, string> = {
  epmc: 'Europe PMC',
  doaj: 'DOAJ',
  core: 'CORE',
  opf: 'Open Policy Finder',
  crossref: 'Crossref',
  unpaywall: 'Unpaywall',
  publisher: "The publisher's site",
};
