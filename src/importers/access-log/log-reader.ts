import { type InputFile, readInputFile } from '../input-file.ts';
import { isCounterHeader } from './counter.ts';
import { detectFormat, LINES_TO_DETECT, PARSERS } from './format.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { LogFormat, LogLine } from './log-line.ts';

/** `parsed` is null when the line is malformed; `number` counts from 1, blank and header lines included. */
export type LineHandler = (parsed: LogLine | null, bytes: Uint8Array, number: number) => void;

/** The format of a file by its first 50 lines; null when they are of none. */
export async function detectFileFormat(file: InputFile): Promise<LogFormat | null> {
  const lines: string[] = [];
  const splitter = createLineSplitter((text) => {
    if (text !== '' && lines.length < LINES_TO_DETECT) lines.push(text);
  });
  for await (const chunk of readInputFile(file)) {
    splitter.write(chunk);
    if (lines.length >= LINES_TO_DETECT) break;
  }
  splitter.end();
  return detectFormat(lines);
}

/**
 * Hands every line of a file to `onLine`. Blank lines and the headers of the `counter` format are no lines.
 * `betweenChunks` is awaited after each 256 KiB, so that the reader never runs ahead of the sender.
 */
export async function readLogFile(
  file: InputFile,
  format: LogFormat,
  onLine: LineHandler,
  onBytes: (bytes: number) => void,
  betweenChunks: () => Promise<void> = async () => {},
): Promise<void> {
  const parse = PARSERS[format];
  let number = 0;
  const splitter = createLineSplitter((text, bytes) => {
    number++;
    if (isBlank(text) || (format === 'counter' && isCounterHeader(text))) return;
    // Blocks of NUL are what a crash leaves in a log; they are never part of a value.
    onLine(text.includes('\0') ? null : parse(text), bytes, number);
  });
  for await (const chunk of readInputFile(file, onBytes)) {
    splitter.write(chunk);
    await betweenChunks();
  }
  splitter.end();
  await betweenChunks();
}

function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= 32 && text.trim() === '');
}
