export type * from './answers.ts';
export type { Body } from './body.ts';
export { type AlmanacClient, type ClientOptions, createClient } from './client.ts';
export type {
  ComplianceApi,
  ComplianceOptions,
  CompliancePage,
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
export type { EvidenceApi, FailedEvidence } from './evidence.ts';
export type { ExportFile, ExportsApi } from './exports.ts';
export type {
  ApiUsage,
  Created,
  Json,
  JsonObject,
  Range,
  RecordBody,
  RecordStatistic,
  RecordVersion,
  RegistryApi,
  RegistryRecord,
  Vocabulary,
  VocabularyTerm,
  WriteOptions,
} from './registry.ts';
export type { Aggregation, Bucket, Hit, Search, SearchAnswer, SearchRequest, Words } from './search.ts';
export type {
  NewSuggestion,
  Suggested,
  Suggestion,
  SuggestionForReview,
  SuggestionStatus,
  SuggestionsApi,
} from './suggestions.ts';
export type { Send, SentAnswer, SentCall } from './transport.ts';
export type {
  CallOptions,
  DeliveryOptions,
  EventsOptions,
  StatisticsOptions,
  SubjectsOptions,
  TopOptions,
  TopPublicationsOptions,
  UsageApi,
} from './usage.ts';
export type { CountedOptions } from './wait-until-counted.ts';
