import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type { JobsLog } from './task-log.ts';

/** Tells the log of each failed try (a warning: it will be tried again) and of each job given up (an error: a person must act). */
export function createJobEvents(log: JobsLog): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on('job:error', ({ job, error }) => {
    if (job.attempts >= job.max_attempts) return;
    log.warn(
      { err: error, task: job.task_identifier, job: job.id, attempt: job.attempts },
      'job failed, will be tried again',
    );
  });
  events.on('job:failed', ({ job, error }) => {
    log.error({ err: error, task: job.task_identifier, job: job.id, attempt: job.attempts }, 'job given up');
  });
  return events;
}
