import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/index.ts';
import { describeError } from './describe-error.ts';

export type Log = Logger;

export interface LogOptions {
  level: LogLevel;
  /** Where lines go; standard error by default, because standard output is for results. */
  destination?: DestinationStream;
}

/**
 * Structured log, one JSON object a line, times in ISO 8601 UTC.
 * Levels by meaning: `error` a person must act; `warn` something was wrong and was dealt with;
 * `info` what happens once in a while; `debug` every request.
 * Never logged: client addresses, query strings (they may hold keys), tokens, SQL parameters.
 */
export function createLog({ level, destination }: LogOptions): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError, req: withoutSecrets, res: statusOnly },
    },
    // Synchronous, so that the line that explains a crash is on disk before the process is gone.
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}

function withoutSecrets(request: { method?: string; url?: string; id?: unknown }) {
  return { id: request.id, method: request.method, path: request.url?.replace(/\?.*$/s, '') };
}

function statusOnly(reply: { statusCode?: number }) {
  return { status: reply.statusCode };
}
