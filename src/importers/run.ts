import type { AlmanacClient } from '../client/index.ts';

/** How far a run is. Units are bytes of the files as they lie on disk, or work-days while counting. */
export interface ImportProgress {
  /** A new stage begins; its name is fit to be shown. */
  start(stage: string): void;
  total(units: number): void;
  advance(units: number): void;
  /** The stage is over, well or not. */
  end(): void;
}

export interface ImportRun<Options> {
  client: AlmanacClient;
  /** Paths; gzip is recognised by its content. */
  files: string[];
  options: Options;
  progress?: ImportProgress | undefined;
  /** Takes one line a person should see (a malformed line, a warning). Never holds an address. */
  log?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** `message` is one line that names the file, pattern or answer at fault. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; message: string };

export function failed(message: string): { ok: false; message: string } {
  return { ok: false, message };
}

/** A fault of the input or of the server that ends a run; `runImport` turns it into a value. */
export class ImportStopped extends Error {}
