import { emptyResult, type FilesResult } from './file-delivery.ts';
import { checkInputFiles, type InputFile } from './input-file.ts';
import { outcomeOf } from './outcome.ts';
import type { ImportRun, Outcome } from './run.ts';

/** Options of the importers that send files as they are. */
export interface FilesOptions {
  partner?: string | undefined;
  partnerName?: string | undefined;
  /** Whether the run ends when everything is counted (default) or when everything is accepted. */
  wait?: boolean | undefined;
}

export type FilesRun<Options extends FilesOptions> = ImportRun<Options> & {
  now?: (() => number) | undefined;
};

/** Checks all files, then delivers them one after the other and waits. */
export function importFiles<Options extends FilesOptions>(
  run: FilesRun<Options>,
  deliver: (file: InputFile, result: FilesResult) => Promise<void>,
): Promise<Outcome<FilesResult>> {
  const now = run.now ?? performance.now.bind(performance);
  return outcomeOf(async () => {
    const started = now();
    const files = await checkInputFiles(run.files);
    const result = emptyResult(files.length);
    run.progress?.start('Sending');
    run.progress?.total(files.reduce((sum, file) => sum + file.bytes, 0));
    try {
      for (const file of files) await deliver(file, result);
    } finally {
      run.progress?.end();
    }
    for (const { file, position, reason } of result.rejected.slice(0, SHOWN_REJECTED)) {
      run.log?.(`${file}: item ${position} not taken, ${reason}`);
    }
    if (run.options.wait ?? true) await run.client.usage.waitUntilCounted({ signal: run.signal });
    result.seconds = Number(((now() - started) / 1000).toFixed(3));
    return result;
  }, run.signal);
}

const SHOWN_REJECTED = 20;
