import { parseCombined, parseCommon } from './combined.ts';
import { isCounterHeader, parseCounter } from './counter.ts';
import { LOG_FORMATS, type LogFormat, type LogLine } from './log-line.ts';

/** How many lines are looked at (specification `usage`, section 2.4). */
export const LINES_TO_DETECT = 50;

export const PARSERS: Record<LogFormat, (line: string) => LogLine | null> = {
  combined: parseCombined,
  common: parseCommon,
  counter: parseCounter,
};

/** The format that reads most of the first lines; null when none reads any. */
export function detectFormat(lines: string[]): LogFormat | null {
  const candidates = lines.slice(0, LINES_TO_DETECT).filter((line) => !isCounterHeader(line));
  let best: LogFormat | null = null;
  let most = 0;
  for (const format of LOG_FORMATS) {
    const read = candidates.filter((line) => PARSERS[format](line) !== null).length;
    if (read > most) [best, most] = [format, read];
  }
  // A day without usage has nothing but headers.
  return best ?? (lines.some(isCounterHeader) && candidates.length === 0 ? 'counter' : null);
}
