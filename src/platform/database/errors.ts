/** SQLSTATEs that mean the server is going, gone, coming back or full (PostgreSQL manual, appendix A). */
const awayStates = new Set(['57P01', '57P02', '57P03', '57P05', '53300', '25P03', '25P04']);

/** Codes of Node sockets and of postgres.js for a connection that could not be made or broke. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
]);

/** Deadlock, serialisation failure, lock timeout: the same statements may succeed when tried again. */
const retryStates = new Set(['40P01', '40001', '55P03']);

/** The `code` of an error (SQLSTATE, errno name or a code of postgres.js); null when it has none. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** True when the database cannot be reached at the moment: answer 503 with Retry-After, or wait. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const code = errorCode(error);
  if (code === null) return false;
  return awayCodes.has(code) || awayStates.has(code) || /^08\d{3}$/.test(code);
}

/** True when trying the same transaction again is right: the database was away, or it chose us as a victim. */
export function isTransient(error: unknown): boolean {
  const code = errorCode(error);
  return isDatabaseAway(error) || (code !== null && retryStates.has(code));
}

/** An error whose message is one line for the person who starts the program; print it without a stack. */
export interface DatabaseFault extends Error {
  code: 'DATABASE_FAULT';
}

/** Makes a `DatabaseFault`: a broken set-up that a person must put right. */
export function databaseFault(message: string, cause?: unknown): DatabaseFault {
  const code = 'DATABASE_FAULT' as const;
  return Object.assign(new Error(message.replace(/\s*\n\s*/g, ' '), { cause }), { code });
}

/** True for errors made by `databaseFault`. */
export function isDatabaseFault(error: unknown): error is DatabaseFault {
  return errorCode(error) === 'DATABASE_FAULT';
}

/** The message of anything thrown, in one line. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}
