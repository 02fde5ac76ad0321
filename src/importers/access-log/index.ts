export { type AccessLogOptions, runAccessLog } from './import-access-log.ts';
export { LOG_FORMATS, type LogFormat } from './log-line.ts';
export type { AccessLogResult } from './result.ts';
