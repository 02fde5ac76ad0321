export type * from './answers.ts';
export type { Body } from './body.ts';
export { type AlmanacClient, type ClientOptions, createClient } from './client.ts';
export type {
  ComplianceApi,
  ComplianceOptions,
  ComplianceProgress,
  ComplianceRecord,
  HandedIn,
  ListedArticle,
} from './compliance.ts';
export { AlmanacError, type Problem } from './error.ts';
export type {
  Alert,
  Deposit,
  DepositState,
  EventResult,
  EventSource,
  EventsApi,
  FeedEvent,
  Pushed,
  Work,
} from './events.ts';
export type {
  Json,
  JsonObject,
  RecordBody,
  RecordStatistic,
  RegistryApi,
  RegistryRecord,
  VocabularyTerm,
} from './registry.ts';
export type {
  CallOptions,
  DeliveryOptions,
  EventsOptions,
  StatisticsOptions,
  TopOptions,
  UsageApi,
} from './usage.ts';
export type { CountedOptions } from './wait-until-counted.ts';
