export {
  type AddressRange,
  faultOfUrl,
  literalAddress,
  mayReach,
  parseAddressRanges,
} from './address-guard.ts';
export { type Clock, systemClock } from './clock.ts';
export type { Resolve } from './connector.ts';
export { type FailureKind, OutboundError, type OutboundFailure } from './failure.ts';
export {
  createOutbound,
  type Outbound,
  type OutboundOptions,
  type StreamedAnswer,
  type WholeAnswer,
} from './outbound.ts';
export type { HostLimits } from './politeness.ts';
export { type RateLimit, readRateLimit } from './rate-limit-headers.ts';
export type { OutboundRequest } from './request.ts';
