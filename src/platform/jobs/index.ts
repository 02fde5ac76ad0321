export { addJobInTransaction, type JobOptions } from './add-job.ts';
export {
  type CronTask,
  createJobs,
  type Jobs,
  type JobsOptions,
  type Task,
  type TaskHelpers,
} from './jobs.ts';
export type { JobsLog } from './task-log.ts';
