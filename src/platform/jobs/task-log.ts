import { Logger } from 'graphile-worker';

/** The part of a pino logger that jobs use. */
export type JobsLog = {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

/**
 * graphile-worker's own lines. An ERROR line means that a person must act, and what it calls an error is a job that will be
 * tried again or a connection that will be made again: those are warnings here. Its info is for its developers.
 */
export function workerLogger(log: JobsLog): Logger {
  return new Logger(({ taskIdentifier, jobId }) => (level, message, meta) => {
    // Failures of jobs are told by us, once each, with their attempt (`jobs.ts`).
    if (jobId !== undefined || meta.failure === true) return;
    const details = { ...(taskIdentifier === undefined ? {} : { task: taskIdentifier }), ...errorOf(meta) };
    if (level === 'error' || level === 'warning') log.warn(details, message);
    else log.debug(details, message);
  });
}

function errorOf(meta: Record<string, unknown>): { err?: Error } {
  return meta.error instanceof Error ? { err: meta.error } : {};
}
