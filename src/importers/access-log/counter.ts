import type { LogLine } from './log-line.ts';
import { readIsoTime } from './utc-time.ts';

/** The format of the COUNTER processor of CDL: this many fields, tab-separated. */
const FIELDS = 19;

/**
 * One line: time, address, session, user cookie, user id, URL, identifier, filename, size, user agent and nine fields
 * about the data set. `-` and `:guest` are none. Null when the line is malformed. No method, no status.
 */
export function parseCounter(line: string): LogLine | null {
  const fields = line.split('\t');
  if (fields.length !== FIELDS) return null;
  const time = readIsoTime(fields[0] ?? '');
  if (Number.isNaN(time)) return null;
  const agent = fields[9] ?? '-';
  return {
    time,
    address: given(fields[1]),
    session: given(fields[2]),
    cookie: given(fields[3]),
    user: given(fields[4]),
    method: null,
    status: null,
    target: given(fields[5]),
    referrer: null,
    // An empty user agent is something else than none (it is a robot).
    userAgent: agent === '' ? '' : given(agent),
    identifier: given(fields[6]),
    namesFile: given(fields[7]) !== null,
  };
}

export function isCounterHeader(line: string): boolean {
  return line.startsWith('#');
}

function given(value: string | undefined): string | null {
  return value === undefined || value === '-' || value === '' || value === ':guest' ? null : value;
}
