export {
  type AccessLogOptions,
  type AccessLogResult,
  LOG_FORMATS,
  type LogFormat,
  runAccessLog,
} from './access-log/index.ts';
export { type ContextObjectsOptions, runContextObjects } from './context-objects/index.ts';
export type { FilesResult } from './file-delivery.ts';
export { type PublicationsOptions, runPublications } from './publications/index.ts';
export type { ImportProgress, ImportRun, Outcome } from './run.ts';
