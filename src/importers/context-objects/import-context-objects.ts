import { deliverXml, type FilesResult } from '../file-delivery.ts';
import { type FilesOptions, type FilesRun, importFiles } from '../import-files.ts';
import type { Outcome } from '../run.ts';

export interface ContextObjectsOptions extends FilesOptions {
  /** Name of the source; default: the account's name. */
  source?: string | undefined;
}

/** Specification `usage`, section 2.4. */
const EVENTS_A_REQUEST = 500;

const SPLITTING = { isUnit, item: 'context-object', maxItems: EVENTS_A_REQUEST };

/** An OAI record is never cut: the identity of its events may be their position in it. */
function isUnit(name: string, parent: string | null): boolean {
  if (name === 'record') return parent === 'ListRecords' || parent === 'GetRecord';
  return name === 'context-object' && (parent === null || parent === 'context-objects');
}

/** Sends files of ContextObjects (any of the three forms of specification `usage`, section 2.1). */
export function runContextObjects(run: FilesRun<ContextObjectsOptions>): Promise<Outcome<FilesResult>> {
  const { source, partner, partnerName } = run.options;
  return importFiles(run, (file, result) =>
    deliverXml(
      file,
      SPLITTING,
      (bytes) => run.client.usage.contextObjects(bytes, { source, partner, partnerName, signal: run.signal }),
      result,
      run.progress,
    ),
  );
}
