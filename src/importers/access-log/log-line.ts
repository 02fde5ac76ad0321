/** A line of any supported log, before it is decided whether it is an event. */
export interface LogLine {
  /** Milliseconds since 1970, UTC. */
  time: number;
  address: string | null;
  user: string | null;
  cookie: string | null;
  session: string | null;
  /** Null when the format has none (a success by definition). */
  method: string | null;
  status: number | null;
  /** The URL or path as the log has it; null when the request line holds none (`"-"`, TLS on a plain port). */
  target: string | null;
  referrer: string | null;
  userAgent: string | null;
  /** Only in the `counter` format. */
  identifier: string | null;
  /** Only in the `counter` format: whether a file was named, which makes the line a request. */
  namesFile: boolean;
}

export type LogFormat = 'combined' | 'common' | 'counter';

export const LOG_FORMATS: readonly LogFormat[] = ['combined', 'common', 'counter'];
