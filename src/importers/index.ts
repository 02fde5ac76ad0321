export {
  type AccessLogOptions,
  type AccessLogResult,
  LOG_FORMATS,
  type LogFormat,
  runAccessLog,
} from './access-log/index.ts';
export { type ContextObjectsOptions, runContextObjects } from './context-objects/index.ts';
export type { FilesResult } from './file-delivery.ts';
export { runOpendoar } from './opendoar/index.ts';
export { type PublicationsOptions, runPublications } from './publications/index.ts';
export type { RegistryImportResult } from './registry/import-repositories.ts';
export { runRoar } from './roar/index.ts';
export type { ImportProgress, ImportRun, Outcome } from './run.ts';
