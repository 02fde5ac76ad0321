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
export { createPayloadWriter, openPayload, type PayloadWriter, sealPayload } from './payload.ts';
export { createProcessor, type Processor } from './processor.ts';
