/** Where a command speaks: results on `out`, everything else on `err`. */
export interface Terminal {
  out: Stream;
  err: Stream;
  env: Record<string, string | undefined>;
  /** Resolves when the process is asked to end (SIGTERM, SIGINT). */
  interrupted: () => Promise<void>;
  /** Aborted at the same moment. */
  signal: AbortSignal;
}

export interface Stream {
  /** `written`: taken by whoever reads; for what is too long to wait in memory. */
  write(text: string | Uint8Array, written?: (error?: Error | null) => void): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** An error to show as its one line, with exit code 1. */
export class CommandFailure extends Error {}

/** The result of a command: with `--json` one object on standard output, else text for a person. */
export function printResult(
  terminal: Terminal,
  json: boolean | undefined,
  result: object,
  text: string,
): void {
  terminal.out.write(json ? `${JSON.stringify(result)}\n` : `${text}\n`);
}
