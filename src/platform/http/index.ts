export type { Account, Right } from './account.ts';
export { announceAddress, announcedAddress } from './announced-address.ts';
export type { App } from './app.ts';
export { createHttp, type HttpOptions } from './create.ts';
export { type EtagOptions, sendWithEtag } from './etag.ts';
export { type HealthCheck, registerHealth, registerMetrics } from './health.ts';
export {
  badInput,
  type Fault,
  HttpProblem,
  type ProblemExtras,
  problem,
  unavailable,
} from './http-problem.ts';
export { stopHttp } from './stop.ts';
export { isoSeconds } from './time.ts';
export { mebibyte, mediaType, ndjsonTypes, uploadOf, xmlTypes } from './upload.ts';
