export type {
  AcceptedResult,
  AppliedEvidence,
  Derivation,
  EvidenceKind,
  Params,
  Rejection,
  SealedPayload,
} from './evidence.ts';
export { createInbox, type Inbox } from './inbox.ts';
export { type Loop, runLoop } from './loop.ts';
export { createPayloadWriter, openPayload, type PayloadWriter, sealPayload } from './payload.ts';
export { createProcessor, type Processor } from './processor.ts';
export { replay } from './replay.ts';
export { addEvidenceRoutes } from './routes.ts';
export { listFailed, retryFailed } from './store.ts';
