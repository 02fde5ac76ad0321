export { webmentionLink } from './advertise.ts';
export { addWebmentionReceiver, type WebmentionParts, type WebmentionReceiver } from './compose.ts';
export type { Deposit } from './deposits.ts';
export { type Discovered, discoverEndpoint } from './discover.ts';
export type { EvidencePath, Outcome, SourceResponse } from './evidence-path.ts';
export { findWork as findKnownWork } from './known-works.store.ts';
export { createReader, type Reader } from './reading/index.ts';
export { type Sent, sendWebmention } from './send.ts';
export type { TargetLookups } from './targets.ts';
